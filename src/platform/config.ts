// The settings: one object, parsed once, every problem reported at once. The only reader of the environment.
import path from 'node:path'

export type Mode = 'demo' | 'production'

export type Config = {
  readonly mode: Mode
  /** Address the servers listen on. */
  readonly host: string
  readonly port: number
  /** Origin families use, without a final slash. */
  readonly publicUrl: string
  readonly dataDir: string
  /** undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined
  /** Folder of `postgres` and `initdb`; undefined: the binaries that came with npm. */
  readonly pgBin: string | undefined
  /** Folders where the server's own tools are looked for: those of PATH. */
  readonly searchPath: readonly string[]
  /** Upgrade the schema even when the backup that comes before it failed. */
  readonly migrateWithoutBackup: boolean
  /** Folder where the bank's journals are put; undefined: they are imported by command only. */
  readonly journalDir: string | undefined
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  readonly trustProxy: number
  readonly mailFrom: string
  /** undefined: in demo mode, the mailbox of the demonstration bank. */
  readonly smtpUrl: string | undefined
  /** undefined: in demo mode, drawn on first start and kept in the data folder. */
  readonly secretKey: string | undefined
  readonly demo: DemoConfig | undefined
}

export type DemoConfig = {
  readonly bankPort: number
  readonly bankUrl: string
  readonly mailPort: number
  readonly shopId: string | undefined
  readonly shopKey: string | undefined
  /** The password of the bank's REST interface. */
  readonly shopPassword: string | undefined
  /** True when BANK_URL names a bank elsewhere: no demonstration bank is started. */
  readonly bankElsewhere: boolean
}

export type ConfigProblem = { readonly setting: string; readonly sentence: string }

type Environment = { readonly [name: string]: string | undefined }

const SECRET_MIN_LENGTH = 32

/** Reads every setting; gives the settings, or every problem at once, each a French sentence that says what to do. */
export function parseConfig(
  env: Environment,
): { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const problem = (setting: string, sentence: string) => {
    problems.push({ setting, sentence })
  }
  const text = (name: string): string | undefined => {
    const value = env[name]?.trim()
    return value === '' ? undefined : value
  }
  const port = (name: string, fallback: number): number => {
    const value = text(name)
    if (value === undefined) return fallback
    if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value)
    problem(name, `${name} doit être un numéro de port entre 0 et 65535 (reçu : « ${value} »).`)
    return fallback
  }
  const origin = (name: string, fallback: string | undefined): string | undefined => {
    const value = text(name) ?? fallback
    if (value === undefined) return undefined
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (
      url &&
      (url.protocol === 'http:' || url.protocol === 'https:') &&
      url.pathname === '/' &&
      url.search === '' &&
      url.hash === ''
    )
      return url.origin
    problem(
      name,
      `${name} doit être une adresse complète sans chemin, par exemple https://portail.exemple.fr (reçu : « ${value} »).`,
    )
    return undefined
  }

  const modeText = text('PREAU_MODE') ?? 'demo'
  if (modeText !== 'demo' && modeText !== 'production')
    problem('PREAU_MODE', `PREAU_MODE doit valoir « demo » ou « production » (reçu : « ${modeText} »).`)
  const mode: Mode = modeText === 'production' ? 'production' : 'demo'
  const production = mode === 'production'

  const listenPort = port('PORT', 3000)
  const publicUrl = origin('PUBLIC_URL', production ? undefined : `http://localhost:${listenPort}`)
  if (production && text('PUBLIC_URL') === undefined)
    problem(
      'PUBLIC_URL',
      'PUBLIC_URL manque : indiquez l’adresse publique du portail, par exemple https://portail.exemple.fr.',
    )
  if (
    production &&
    publicUrl?.startsWith('http://') &&
    !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(publicUrl)
  )
    problem('PUBLIC_URL', 'PUBLIC_URL doit commencer par https:// en mode production.')

  const databaseUrl = text('DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problem('DATABASE_URL', 'DATABASE_URL doit commencer par postgres:// ou postgresql://.')

  const trustProxyText = text('TRUST_PROXY') ?? '0'
  if (!/^\d$/.test(trustProxyText))
    problem(
      'TRUST_PROXY',
      `TRUST_PROXY doit être le nombre de serveurs mandataires devant le portail, 0 à 9 (reçu : « ${trustProxyText} »).`,
    )

  const withoutBackup = text('PREAU_MIGRATE_WITHOUT_BACKUP') ?? '0'
  if (withoutBackup !== '0' && withoutBackup !== '1')
    problem(
      'PREAU_MIGRATE_WITHOUT_BACKUP',
      `PREAU_MIGRATE_WITHOUT_BACKUP doit valoir 0 ou 1 (reçu : « ${withoutBackup} »).`,
    )

  const mailFrom = text('MAIL_FROM') ?? (production ? '' : 'Préau <portail@preau.example>')
  if (!/^[^<>@]*<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?$/.test(mailFrom))
    problem(
      'MAIL_FROM',
      'MAIL_FROM doit être l’expéditeur des courriels, par exemple « Portail famille <portail@exemple.fr> ».',
    )

  const smtpUrl = text('SMTP_URL')
  if (smtpUrl !== undefined && !/^smtps?:\/\//.test(smtpUrl))
    problem('SMTP_URL', 'SMTP_URL doit commencer par smtp:// ou smtps://.')
  if (production && smtpUrl === undefined)
    problem(
      'SMTP_URL',
      'SMTP_URL manque : indiquez le serveur de courriel, par exemple smtps://nom:motdepasse@smtp.exemple.fr.',
    )

  const secretKey = text('SECRET_KEY')
  if (production && secretKey === undefined)
    problem(
      'SECRET_KEY',
      'SECRET_KEY manque : tirez-en une avec « openssl rand -base64 32 » et gardez-la hors de la base.',
    )
  else if (secretKey !== undefined && isWeakSecret(secretKey))
    problem(
      'SECRET_KEY',
      `SECRET_KEY est trop faible : il faut au moins ${SECRET_MIN_LENGTH} caractères tirés au hasard, par exemple avec « openssl rand -base64 32 ».`,
    )

  const shopId = text('DEMO_SHOP_ID')
  const shopKey = text('DEMO_SHOP_KEY')
  if (shopId !== undefined && !/^\d{8}$/.test(shopId))
    problem('DEMO_SHOP_ID', 'DEMO_SHOP_ID doit compter 8 chiffres.')
  if ((shopId === undefined) !== (shopKey === undefined))
    problem(
      shopId === undefined ? 'DEMO_SHOP_ID' : 'DEMO_SHOP_KEY',
      'DEMO_SHOP_ID et DEMO_SHOP_KEY vont ensemble : donnez les deux, ou aucun.',
    )
  const shopPassword = text('DEMO_SHOP_PASSWORD')
  if (shopPassword !== undefined && !/^testpassword_\S{8,}$/.test(shopPassword))
    problem('DEMO_SHOP_PASSWORD', 'DEMO_SHOP_PASSWORD doit commencer par testpassword_.')
  if (production)
    for (const name of [
      'BANK_URL',
      'BANK_PORT',
      'DEMO_SHOP_ID',
      'DEMO_SHOP_KEY',
      'DEMO_SHOP_PASSWORD',
      'MAIL_PORT',
    ])
      if (text(name) !== undefined)
        problem(
          name,
          `${name} n’a de sens qu’en démonstration : retirez ce réglage, ou essayez le contrat avec PREAU_MODE=demo.`,
        )

  const bankPort = port('BANK_PORT', 3001)
  const bankUrlText = text('BANK_URL')
  const bankUrl = production ? undefined : origin('BANK_URL', `http://localhost:${bankPort}`)
  const mailPort = port('MAIL_PORT', 1025)
  const bankElsewhere = bankUrl !== undefined && !/^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(bankUrl)
  if (bankElsewhere && shopId === undefined)
    problem(
      'DEMO_SHOP_ID',
      `BANK_URL désigne une vraie plateforme de test (${bankUrlText ?? ''}) : donnez aussi DEMO_SHOP_ID et DEMO_SHOP_KEY.`,
    )
  if (bankElsewhere && smtpUrl === undefined)
    problem('SMTP_URL', 'Sans la banque de démonstration, SMTP_URL doit désigner un serveur de courriel.')

  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    config: {
      mode,
      host: text('HOST') ?? '127.0.0.1',
      port: listenPort,
      publicUrl: publicUrl ?? '',
      dataDir: path.resolve(text('DATA_DIR') ?? '.data'),
      databaseUrl,
      pgBin: text('PREAU_PG_BIN'),
      searchPath: (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== ''),
      migrateWithoutBackup: withoutBackup === '1',
      journalDir: folder(text('JOURNAL_DIR')),
      trustProxy: Number(trustProxyText),
      mailFrom,
      smtpUrl,
      secretKey,
      demo: production
        ? undefined
        : { bankPort, bankUrl: bankUrl ?? '', mailPort, shopId, shopKey, shopPassword, bankElsewhere },
    },
  }
}

const folder = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : path.resolve(name)

/** Too short, or so few different signs that nobody drew it at random. */
export function isWeakSecret(secret: string): boolean {
  return secret.length < SECRET_MIN_LENGTH || new Set(secret).size < 12
}
