import type { AreaTexts } from '../types.ts'

const texts: AreaTexts<'admin'> = {
  title: 'Administration',
}

export default texts
