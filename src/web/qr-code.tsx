import { generate } from 'lean-qr'

/** Modules of white around the code, as readers need. */
const QUIET = 4

/** A text as a QR code, drawn on the server; `label` says what it is for. */
export const QrCode = ({ text, label }: { text: string; label: string }) => {
  const code = generate(text)
  const side = code.size + 2 * QUIET
  let path = ''
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path class="qr-fond" d={`M0 0h${side}v${side}H0z`} />
      <path class="qr-points" d={path} />
    </svg>
  )
}
