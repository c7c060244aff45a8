import { requireBuild } from '../../support/build.ts'

/** Before the first browser test: without a build each of them would wait for a page that never comes. */
export default function setup(): void {
  requireBuild('dist')
}
