// The notification and the return: an operation's number, and nothing to believe (gateways 3.2).

/** The operation of `idop=…` or `idOp=…`, as a form or a query; undefined when it is missing or not alone. */
export function readOperationId(raw: string): string | undefined {
  const pairs = new URLSearchParams(raw)
  const found = [...pairs].filter(([name]) => name.toLowerCase() === 'idop').map(([, value]) => value)
  const [idop = ''] = found
  return found.length === 1 && /^[\w-]{1,64}$/.test(idop) ? idop : undefined
}
