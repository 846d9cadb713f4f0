import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const enough = {
  DEMO_SHOP_ID: '12345678',
  DEMO_SHOP_KEY: 'clé',
  SHOP_URL: 'http://localhost:3000/',
  NOTIFICATION_URL: 'http://localhost:3000/notification',
}

test('the few settings without a default are enough', () => {
  expect(readSettings(enough)).toEqual({
    settings: {
      port: 3001,
      host: '127.0.0.1',
      mailPort: 1025,
      shopId: '12345678',
      shopKey: 'clé',
      shopName: 'Boutique de démonstration',
      shopUrl: 'http://localhost:3000/',
      notificationUrl: 'http://localhost:3000/notification',
      abandonNotification: false,
      payfip: { numcli: '090909', service: 'Régie de démonstration' },
      testDoor: false,
      mode: 'TEST',
    },
  })
})

test('every problem is told at once', () => {
  const env = {
    ...enough,
    BANK_PORT: '70000',
    DEMO_SHOP_ID: '123',
    SHOP_URL: 'portail',
    BANK_TEST_DOOR: 'oui',
    DEMO_SHOP_KEY: '',
  }
  const read = readSettings(env)
  expect('problems' in read && read.problems).toEqual([
    'BANK_PORT\u00a0: un port, de 0 à 65535',
    'DEMO_SHOP_ID\u00a0: 8 chiffres',
    'DEMO_SHOP_KEY manque',
    'SHOP_URL\u00a0: une adresse http ou https complète',
    'BANK_TEST_DOOR\u00a0: 0 ou 1',
  ])
})

test('the public address loses its last slash', () => {
  const read = readSettings({ ...enough, BANK_URL: 'https://banque.example/' })
  expect('settings' in read && read.settings.url).toBe('https://banque.example')
})
