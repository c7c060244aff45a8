import type { CoreTexts } from '../types.ts'

const texts: CoreTexts['workbench'] = {
  title: 'Workbench',
}

export default texts
