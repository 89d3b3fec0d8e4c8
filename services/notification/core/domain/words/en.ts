import { formatMoney } from '#kernel/money.ts';
import { isPlainName } from '#kernel/person-name.ts';
import type { Words } from './words.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export const EN: Words = {
  day: (timestamp) => DAY.format(new Date(timestamp)),
  moment: (timestamp) => `${MOMENT.format(new Date(timestamp))} UTC`,
  money: formatMoney,
  customer: 'customer',
  unknownProgram: 'an unknown program',
  programOn: (browser, system) => `${browser} on ${system}`,
  cancellations: {
    customer: 'You asked us to cancel it.',
    staff: 'We had to cancel it.',
    out_of_stock: 'Some of the items are no longer in stock.',
    payment_failed: 'The payment did not go through.',
    timeout: 'We could not complete it in time.',
  },
  otherCancellation: 'We could not process it.',
  refusals: {
    card_declined: 'Your bank declined the card.',
    insufficient_funds: 'There were not enough funds on the card.',
    expired_card: 'The card has expired.',
  },
  otherRefusal: 'Your bank or card company did not accept it.',
  refunds: {
    lost: 'The parcel was lost.',
    returned: 'The parcel came back to us.',
    overdue: 'The parcel did not arrive.',
    refund_failed: 'An earlier refund did not go through.',
    cancelled: 'The order was cancelled.',
    return: 'You sent goods back.',
  },
  factorChanges: {
    authenticator_added: 'An authenticator app was added to your account.',
    authenticator_removed: 'The authenticator app was removed from your account.',
    passkey_added: 'A passkey was added to your account.',
    passkey_removed: 'A passkey was removed from your account.',
    recovery_codes_replaced: 'Your account has new recovery codes; the old ones no longer work.',
    recovery_code_used: 'A recovery code of your account was used.',
    removed_by_staff: 'We have removed the second step from your login, as requested.',
  },
  otherFactorChange: 'The second step of your login was changed.',
  keptKinds: { orders: 'orders', payments: 'payments', shipments: 'parcels', notifications: 'messages' },
  keptReasons: {
    bookkeeping: 'commercial and tax law demands it',
    open_order: 'it is not completed yet',
    claims: 'claims about it have not expired',
    anonymous: 'it no longer names you',
  },
  kept: (count, kind, reason, until) =>
    `${kind} (${count}), ${until === undefined ? '' : `until ${until}, `}because ${reason}`,
  reason: (text) => `Reason: ${text}`,
  subjects: {
    'user.invited': () => 'Your account is waiting for you',
    'user.email_verification_requested': () => 'Confirm your e-mail address',
    'user.email_verified': ({ firstName }) => (isPlainName(firstName) ? `Welcome, ${firstName}` : 'Welcome'),
    'user.logged_in_elsewhere': () => 'A new login to your account',
    'user.email_change_requested': () => 'A new e-mail address for your account',
    'user.email_changed': () => 'Your account has a new e-mail address',
    'user.factors_changed': () => 'The second step of your login has changed',
    'user.erasure_requested': () => 'Your account has ended',
    'user.erased': () => 'Your data has been erased',
    'user.registration_repeated': () => 'You already have an account with us',
    'user.password_reset_requested': () => 'A new password for your account',
    'order.placed': () => 'We have received your order',
    'order.confirmed': ({ attempt }) =>
      attempt > 1 ? 'Your replacement is being prepared' : 'Your order is confirmed',
    'order.cancelled': () => 'Your order was cancelled',
    'order.address_changed': () => 'Your order goes to another address',
    'shipment.created': ({ attempt }) =>
      attempt > 1 ? 'Your replacement is on its way' : 'Your order is on its way',
    'order.delivered': () => 'Your order was delivered',
    'order.refunded': ({ amount }) => `We have refunded ${formatMoney(amount)}`,
    'return.requested': () => 'We have received your request for a return',
    'return.approved': () => 'How to send your return',
    'return.rejected': () => 'We cannot accept your return',
    'return.received': () => 'Your return has arrived',
    'return.refunded': ({ amount }) => `We have refunded ${formatMoney(amount)} for your return`,
    'return.exchanged': () => 'We exchange what you sent back',
    'payment.failed': () => 'Your payment did not go through',
    'shipment.lost': () => 'Your parcel was lost',
    'shipment.returned': () => 'Your parcel came back to us',
    'review.requested': () => 'How do you like what you bought?',
    'cart.abandoned': () => 'You left something in your cart',
    'stock.available': () => 'Available again',
    'price.dropped': () => 'The price has dropped',
    'alerts.digest': () => 'News about products that you watch',
  },
};
