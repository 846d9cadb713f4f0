import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'
import { projectFile } from './files.ts'

const SECRET = 'q7Fz0Lr2Xw9Kc4Tn8Vb1Hd6Js3Pm5Gy0'
const PRODUCTION = {
  PREAU_MODE: 'production',
  PUBLIC_URL: 'https://portail.exemple.fr',
  SECRET_KEY: SECRET,
  MAIL_FROM: 'Portail <portail@exemple.fr>',
  SMTP_URL: 'smtps://smtp.exemple.fr',
}

const settingsOf = (env: { [name: string]: string }) => {
  const parsed = parseConfig(env)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.config
}
const problemsOf = (env: { [name: string]: string | undefined }) => {
  const parsed = parseConfig(env)
  return parsed.ok ? [] : parsed.problems
}
const wrong = (env: { [name: string]: string | undefined }) => problemsOf(env).map((one) => one.setting)

test('without any setting, it is a demonstration at home', () => {
  expect(settingsOf({})).toMatchObject({
    mode: 'demo',
    host: '127.0.0.1',
    port: 3e3,
    publicUrl: 'http://localhost:3000',
    trustProxy: 0,
    demo: {
      bankPort: 3001,
      bankUrl: 'http://localhost:3001',
      mailPort: 1025,
      bankElsewhere: false,
    },
  })
  expect(settingsOf({ PORT: '8080', PUBLIC_URL: ' ' }).publicUrl).toBe('http://localhost:8080')
})

test('production needs its address, its secret, its sender and its mail server, all said at once', () => {
  expect(wrong({ PREAU_MODE: 'production' })).toEqual(['PUBLIC_URL', 'MAIL_FROM', 'SMTP_URL', 'SECRET_KEY'])
  expect(settingsOf(PRODUCTION)).toMatchObject({ mode: 'production', demo: undefined, secretKey: SECRET })
})

test('every problem is reported at once, each with a sentence that names it', () => {
  const problems = problemsOf({
    PREAU_MODE: 'test',
    PORT: '70000',
    BANK_PORT: 'x',
    PUBLIC_URL: 'portail',
    TRUST_PROXY: '-1',
    DATABASE_URL: 'mysql://x',
    SMTP_URL: 'http://x',
    MAIL_FROM: 'x',
    SECRET_KEY: 'x',
    DEMO_SHOP_ID: '1',
  })
  const settings = problems.map((one) => one.setting)
  expect(settings.toSorted()).toEqual([
    'BANK_PORT',
    'DATABASE_URL',
    'DEMO_SHOP_ID',
    'DEMO_SHOP_KEY',
    'MAIL_FROM',
    'PORT',
    'PREAU_MODE',
    'PUBLIC_URL',
    'SECRET_KEY',
    'SMTP_URL',
    'TRUST_PROXY',
  ])
  for (const { setting, sentence } of problems) {
    expect(sentence).toContain(setting)
    expect(sentence).toMatch(/\.$/)
  }
})

test('a missing secret says how to draw one, a weak one says how much is needed', () => {
  const sentence = (secret: string | undefined) =>
    problemsOf({ ...PRODUCTION, SECRET_KEY: secret }).map((one) => one.sentence)
  expect(sentence(undefined)).toEqual([
    'SECRET_KEY manque : tirez-en une avec « openssl rand -base64 32 » et gardez-la hors de la base.',
  ])
  for (const weak of ['court', SECRET.slice(1), 'a'.repeat(64), 'abcdefghijk'.repeat(4)])
    expect(sentence(weak)).toEqual([expect.stringContaining('SECRET_KEY est trop faible')])
  expect(sentence(SECRET)).toEqual([])
})

test('a weak secret is refused in demonstration too, a missing one is drawn', () => {
  expect(wrong({ SECRET_KEY: 'court' })).toEqual(['SECRET_KEY'])
  expect(settingsOf({}).secretKey).toBeUndefined()
})

test.each(['BANK_URL', 'BANK_PORT', 'DEMO_SHOP_ID', 'DEMO_SHOP_KEY', 'MAIL_PORT'])(
  'production refuses %s, which only a demonstration has',
  (name) => {
    const pair = { DEMO_SHOP_ID: '12345678', DEMO_SHOP_KEY: 'clef' }
    const value =
      { BANK_URL: 'http://localhost:3001', BANK_PORT: '3001', MAIL_PORT: '1025', ...pair }[name] ?? ''
    expect(wrong({ ...PRODUCTION, [name]: value })).toContain(name)
    expect(wrong({ ...pair, [name]: value })).toEqual([])
  },
)

test('production families come by https, or from this machine', () => {
  expect(wrong({ ...PRODUCTION, PUBLIC_URL: 'http://portail.exemple.fr' })).toEqual(['PUBLIC_URL'])
  expect(wrong({ ...PRODUCTION, PUBLIC_URL: 'http://localhost.exemple.fr' })).toEqual(['PUBLIC_URL'])
  expect(wrong({ ...PRODUCTION, PUBLIC_URL: 'http://localhost:3000' })).toEqual([])
})

test('an address has no path', () => {
  for (const address of ['https://a.fr/portail', 'https://a.fr/?x', 'https://a.fr/#x', 'ftp://a.fr', 'a.fr'])
    expect(wrong({ PUBLIC_URL: address })).toEqual(['PUBLIC_URL'])
  expect(settingsOf({ PUBLIC_URL: 'https://a.fr/' }).publicUrl).toBe('https://a.fr')
})

test('the password of the demonstration shop is a test one', () => {
  expect(wrong({ DEMO_SHOP_PASSWORD: 'prodpassword_12345678' })).toEqual(['DEMO_SHOP_PASSWORD'])
  expect(settingsOf({ DEMO_SHOP_PASSWORD: 'testpassword_12345678' }).demo?.shopPassword).toMatch(/5678$/)
  expect(wrong({ ...PRODUCTION, DEMO_SHOP_PASSWORD: 'testpassword_12345678' })).toEqual([
    'DEMO_SHOP_PASSWORD',
  ])
})

test('a test platform elsewhere needs its shop and a mail server', () => {
  const elsewhere = { BANK_URL: 'https://paiement.systempay.fr' }
  expect(wrong(elsewhere)).toEqual(['DEMO_SHOP_ID', 'SMTP_URL'])
  const shop = { DEMO_SHOP_ID: '12345678', DEMO_SHOP_KEY: 'clef', SMTP_URL: 'smtp://localhost' }
  expect(settingsOf({ ...elsewhere, ...shop }).demo).toMatchObject({ bankElsewhere: true })
})

test('.env.example documents every setting, and no other, each in a sentence', () => {
  const source = readFileSync(projectFile('src/platform/config.ts'), 'utf8')
  const read = [...source.matchAll(/\b(?:text|port|origin)\('([A-Z_]+)'/g)].map(([, name]) => name)
  const lines = readFileSync(projectFile('.env.example'), 'utf8').split('\n')
  const documented = lines.flatMap((line, index) => {
    const name = /^(?:# )?([A-Z_]+)=/.exec(line)?.[1]
    if (name !== undefined) expect(lines[index - 1]).toMatch(/^# .*\.$/)
    return name ?? []
  })
  expect(documented.toSorted()).toEqual([...new Set(read)].map(String).toSorted())
  const settings = lines.filter((line) => /^[A-Z_]+=./.test(line)).map((line) => line.split('='))
  expect(wrong(Object.fromEntries(settings) as { [name: string]: string })).toEqual([])
})
