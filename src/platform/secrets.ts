// Random tokens, password hashes, constant-time comparisons, sealed secrets.
import { hash, verify } from '@node-rs/argon2'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { publicReference, uuidV7, type Id } from '../kernel/ids.ts'

/** Algorithm 2 is argon2id; 19 MiB, two passes: ASVS 11.4.2 and OWASP's floor; 24 ms on the machine of stack.md. */
const PASSWORD_OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const newId = <Kind extends string>(at: Date): Id<Kind> => uuidV7(at, randomBytes(10)) as Id<Kind>
/** An unguessable name for the outside: 128 random bits. */
export const newReference = (): string => publicReference(randomBytes(16))
/** A secret handed to one person: 256 random bits, for a URL or a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url')
/** The only form in which a token is kept. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()
export const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest()

export const hashPassword = (password: string): Promise<string> => hash(password, PASSWORD_OPTIONS)

/** Whether the password is the one hashed. Without a hash it works as long and says no. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const known = await verify(passwordHash ?? (await decoyHash()), password)
  return known && passwordHash !== undefined
}

let decoy: Promise<string> | undefined
function decoyHash(): Promise<string> {
  decoy ??= hashPassword(newToken())
  return decoy
}

/** Compares in constant time; unequal lengths are simply unequal. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}

/** What is derived from the deployment's SECRET_KEY: one key per use. */
export type Keys = {
  /** Seals a secret for the database: `1.` then base64url of nonce, tag and text (AES-256-GCM). */
  readonly seal: (secret: string) => string
  /** Opens what `seal` made; throws when the key or the text differs. */
  readonly open: (sealed: string) => string
  /** A tag that only this deployment can make, base64url. */
  readonly sign: (purpose: string, content: string) => string
}

/** Derives the keys from SECRET_KEY (HKDF-SHA-256). */
export function deriveKeys(secretKey: string): Keys {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secretKey, '', `preau ${use}`, 32))
  const sealing = derive('seal')
  const signing = derive('sign')
  return {
    seal: (secret) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`
    },
    open: (sealed) => {
      if (!sealed.startsWith('1.')) throw new Error('unknown seal')
      const bytes = Buffer.from(sealed.slice(2), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAuthTag(bytes.subarray(12, 28))
      return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
    },
    sign: (purpose, content) =>
      createHmac('sha256', signing).update(`${purpose}\n${content}`).digest('base64url'),
  }
}
