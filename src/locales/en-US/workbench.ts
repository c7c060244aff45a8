import type { CoreTexts } from '../types.ts'

export default {
  title: 'Workbench',
  greeting: {
    night: 'It is late, {name}',
    morning: 'Good morning, {name}',
    noon: 'Hello, {name}',
    afternoon: 'Good afternoon, {name}',
    evening: 'Good evening, {name}',
  },
  figures: 'Numbers',
  customers: 'Customers',
  newThisMonth: 'New this month',
  wonThisMonth: 'Won this month',
  due: 'Due today',
  change: { more: '{n} more than last month', less: '{n} fewer than last month', same: 'Same as last month' },
  quick: { title: 'Quick entries', newCustomer: 'New', due: 'Due', mine: 'Mine', sync: 'Sync', settings: 'Settings' },
  next: {
    title: 'What is next',
    all: 'All due',
    none: 'Nothing due soon',
    noneText: 'Fill in “Next step” and its time for a customer, and it shows up here before it is due.',
  },
  recent: { title: 'Recent customers', all: 'All customers' },
  start: {
    title: 'No customers yet',
    text: 'Create the first customer, and numbers and next steps appear here.',
    sampleText: 'Create the first customer, or load sample customers to look around first.',
    sample: 'Load sample data',
    ask: 'Load sample customers?',
    askText: 'Sample customers are created in the CRM and given to existing members. This works only while there are no customers at all.',
    done: '{n} sample customer loaded | {n} sample customers loaded',
  },
} satisfies CoreTexts['workbench']
