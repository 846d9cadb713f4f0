// Before all tests: the programs are bundled, and the browser is found, once.
import { execFileSync } from 'node:child_process'
import type { TestProject } from 'vitest/node'
import { findBrowser, type FoundBrowser } from '../../scripts/find-browser.ts'

declare module 'vitest' {
  interface ProvidedContext {
    browser: FoundBrowser
  }
}

export default function setup(project: TestProject): void {
  execFileSync(process.execPath, ['scripts/build.ts'], { stdio: 'inherit' })
  const found = findBrowser()
  process.stdout.write(`${'path' in found ? found.said : found.missing}\n`)
  project.provide('browser', found)
}
