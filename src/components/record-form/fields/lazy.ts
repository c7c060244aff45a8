/** What forms of our own settings have no use for comes when it is needed, or ahead of that (`fetchLazyFields`). */
export const lazyFields = {
  PickField: () => import('./PickField.vue'),
  PickSheet: () => import('./PickSheet.vue'),
  LocationField: () => import('./LocationField.vue'),
  PictureField: () => import('./PictureField.vue'),
  ReadOnlyField: () => import('./ReadOnlyField.vue'),
  DateTimeSheet: () => import('./DateTimeSheet.vue'),
}

/** Fetches them while there is a network. */
export async function fetchLazyFields(): Promise<void> {
  await Promise.all(Object.values(lazyFields).map(load => load()))
}
