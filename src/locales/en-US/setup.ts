import type { AreaTexts } from '../types.ts'

const texts: AreaTexts<'setup'> = {
  title: 'First-time setup',
}

export default texts
