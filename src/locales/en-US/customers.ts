import type { CoreTexts } from '../types.ts'

const texts: CoreTexts['customers'] = {
  title: 'Customers',
}

export default texts
