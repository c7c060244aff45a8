import type { CoreTexts } from '../types.ts'
import common from './common.ts'
import crm from './crm.ts'
import dates from './dates.ts'
import entry from './entry.ts'
import mine from './mine.ts'
import workbench from './workbench.ts'

const texts: CoreTexts = { common, crm, dates, entry, mine, workbench }

export default texts
