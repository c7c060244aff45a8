import common from './common.ts'
import crm from './crm.ts'
import dates from './dates.ts'
import entry from './entry.ts'
import mine from './mine.ts'
import workbench from './workbench.ts'

/** Texts of the first screen and the pages one tap from it. */
export default { common, crm, dates, entry, mine, workbench }
