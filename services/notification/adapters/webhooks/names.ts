/** The kind of the documents of endpoints. */
export const ENDPOINTS = 'webhook-endpoints';
/** The list of deliveries, as its cursors name it. */
export const LOG = 'webhook deliveries';
