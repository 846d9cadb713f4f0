import { expect, test } from 'vitest'
import { statementName } from './step.ts'

test.each([
  ['begin', 'begin'],
  ['COMMIT', 'commit'],
  ['insert into "entry" ("id") values ($1) on conflict ("id") do update set "id" = 1', 'insert into entry'],
  ['insert into seal (sequence)\n  select sequence from unnest($1) as one', 'insert into seal'],
  ['with one as (select 1 from posting) update refund set state = $1', 'update refund'],
  ['delete from throttle where until < $1', 'delete from throttle'],
  ['select id from refund r where r.id = $1 for update', 'lock refund'],
  ['select id from payment_attempt limit 100 for update skip locked', 'lock payment_attempt'],
  ['select closed_through from books where id = $1 for no key update', 'lock books'],
  ['select "id" from "payment_attempt" where "id" = $1', 'read payment_attempt'],
  [
    'select r.id, (select n.id from credit_note n) as note from refund r where r.id = $1 for update',
    'lock refund',
  ],
  ['select e.id from (select * from entry e limit $1) e join account a on a.id = e.id', 'read entry'],
  ['with due as (select id from attempt_sending) select id from due', 'read attempt_sending'],
  ['select pg_advisory_xact_lock(hashtextextended($1, 0))', 'call pg_advisory_xact_lock'],
  ['select graphile_worker.add_job($1::text)', 'call graphile_worker.add_job'],
  ['set transaction read only', 'set transaction'],
])('« %s » is the step « %s »', (text, name) => {
  expect(statementName(text)).toBe(name)
})
