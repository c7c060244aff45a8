import type { Component } from 'vue'
import { h } from 'vue'
import '../control.css'

/** What forms of our own settings have no use for comes when it is needed, or ahead of that (`fetchLazyFields`). */
export const lazyFields = {
  PickField: () => import('./PickField.vue'),
  PickSheet: () => import('./PickSheet.vue'),
  LocationField: () => import('./LocationField.vue'),
  PictureField: () => import('./PictureField.vue'),
  ReadOnlyField: () => import('./ReadOnlyField.vue'),
  DateTimeSheet: () => import('./DateTimeSheet.vue'),
}

/** Its place while it is on its way, so that nothing below it jumps. */
const place: Component = () => h('div', { 'class': 'control', 'aria-hidden': 'true' })

/** For `defineAsyncComponent`: a field to choose in, outside of a form. */
export const lazyPick = { loader: lazyFields.PickField, loadingComponent: place, delay: 0 }

/** Fetches them while there is a network. */
export async function fetchLazyFields(): Promise<void> {
  await Promise.all(Object.values(lazyFields).map(load => load()))
}
