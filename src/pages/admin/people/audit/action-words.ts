import { textFor } from '../../../../locales/index.ts'

/** An action in words; one nobody has words for says what it is itself. */
export function actionWords(action: string): string {
  return textFor(`people.audit.actions.${action}`) ?? action
}

/** The areas that the actions belong to, as options of the filter; what has no area stands for itself. */
export function areasOf(actions: readonly string[]): Array<{ value: string, label: string }> {
  const values = actions.map(action => (action.includes(' ') ? action : (action.split('.')[0] ?? action)))
  return [...new Set(values)].map(value => ({ value, label: textFor(`people.audit.areas.${value}`) ?? value }))
}
