import type { AreaTexts } from '../types.ts'

const texts: AreaTexts<'problems'> = {
  title: 'Login problem',
}

export default texts
