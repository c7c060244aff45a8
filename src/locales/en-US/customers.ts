import type { CoreTexts } from '../types.ts'

export default {
  title: 'Customers',
  status: { potential: 'Potential', following: 'Following up', won: 'Won', lost: 'Lost' },
  row: { level: 'Level {level}', noStep: 'No next step', stepUnnamed: 'Next step without a note' },
  list: {
    search: 'Search name, phone, region',
    total: '{n} customer | {n} customers',
    new: 'New customer',
    refresh: 'Refresh list',
    view: 'Show',
    status: 'Status',
    sort: 'Sort by',
    anyStatus: 'Any status',
    views: { all: 'All', mine: 'Mine' },
    sorts: { recent: 'Last updated', next: 'Next step', name: 'Name' },
    empty: 'No customers yet',
    emptyText: 'Create the first customer and start with its next step.',
    emptyMine: 'No customers are yours yet',
    emptyMineText: 'Customers you create are yours; you can also look at all customers.',
    noMatch: 'No customer matches',
    noMatchText: 'Try another keyword, or clear the filters.',
    clear: 'Clear filters',
    showAll: 'Show all customers',
    choose: 'Choose a customer',
    chooseText: 'Pick one from the list on the left; the details appear here.',
  },
} satisfies CoreTexts['customers']
