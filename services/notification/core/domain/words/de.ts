import { exponentOf, toDecimal, type Money } from '#kernel/money.ts';
import { isPlainName } from '#kernel/person-name.ts';
import type { Words } from './words.ts';

const DAY = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('de-DE', { timeStyle: 'short', timeZone: 'UTC' });

/** "1.099,43 EUR". */
const money = (amount: Money): string => {
  const places = exponentOf(amount.currency);
  const number = new Intl.NumberFormat('de-DE', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(toDecimal(amount));
  return `${number} ${amount.currency}`;
};

const day = (timestamp: string): string => DAY.format(new Date(timestamp));

export const DE: Words = {
  day,
  moment: (timestamp) => `${day(timestamp)} um ${TIME.format(new Date(timestamp))} Uhr (UTC)`,
  money,
  customer: 'liebe Kundin, lieber Kunde',
  unknownProgram: 'einem unbekannten Programm',
  programOn: (browser, system) => `${browser} auf ${system}`,
  cancellations: {
    customer: 'Sie haben uns darum gebeten.',
    staff: 'Wir mussten sie leider stornieren.',
    out_of_stock: 'Einige Artikel sind nicht mehr auf Lager.',
    payment_failed: 'Die Zahlung ist fehlgeschlagen.',
    timeout: 'Wir konnten sie nicht rechtzeitig abschließen.',
  },
  otherCancellation: 'Wir konnten sie nicht bearbeiten.',
  refusals: {
    card_declined: 'Ihre Bank hat die Karte abgelehnt.',
    insufficient_funds: 'Das Guthaben der Karte reichte nicht aus.',
    expired_card: 'Die Karte ist abgelaufen.',
  },
  otherRefusal: 'Ihre Bank oder Ihr Kartenanbieter hat sie nicht angenommen.',
  refunds: {
    lost: 'Das Paket ist verloren gegangen.',
    returned: 'Das Paket ist zu uns zurückgekommen.',
    overdue: 'Das Paket ist nicht angekommen.',
    refund_failed: 'Eine frühere Erstattung ist fehlgeschlagen.',
    cancelled: 'Die Bestellung wurde storniert.',
    return: 'Sie haben Ware zurückgesandt.',
    exchange: 'Was wir zum Umtausch senden, kostet weniger.',
  },
  factorChanges: {
    authenticator_added: 'Ihrem Konto wurde eine Authenticator-App hinzugefügt.',
    authenticator_removed: 'Die Authenticator-App wurde aus Ihrem Konto entfernt.',
    passkey_added: 'Ihrem Konto wurde ein Passkey hinzugefügt.',
    passkey_removed: 'Ein Passkey wurde aus Ihrem Konto entfernt.',
    recovery_codes_replaced: 'Ihr Konto hat neue Wiederherstellungscodes; die alten gelten nicht mehr.',
    recovery_code_used: 'Ein Wiederherstellungscode Ihres Kontos wurde verwendet.',
    removed_by_staff: 'Wir haben den zweiten Schritt Ihrer Anmeldung wie gewünscht entfernt.',
  },
  otherFactorChange: 'Der zweite Schritt Ihrer Anmeldung wurde geändert.',
  keptKinds: {
    orders: 'Bestellungen',
    payments: 'Zahlungen',
    shipments: 'Pakete',
    notifications: 'Nachrichten',
  },
  keptReasons: {
    bookkeeping: 'Handels- und Steuerrecht verlangen es',
    open_order: 'noch nicht abgeschlossen',
    claims: 'Ansprüche daraus sind noch nicht verjährt',
    anonymous: 'ohne Bezug zu Ihrer Person',
  },
  kept: (count, kind, reason, until) =>
    `${kind} (${count})${until === undefined ? '' : ` bis ${until}`}: ${reason}`,
  reason: (text) => `Grund: ${text}`,
  subjects: {
    'user.invited': () => 'Ihr Konto wartet auf Sie',
    'user.email_verification_requested': () => 'Bestätigen Sie Ihre E-Mail-Adresse',
    'user.email_verified': ({ firstName }) =>
      isPlainName(firstName) ? `Willkommen, ${firstName}` : 'Willkommen',
    'user.logged_in_elsewhere': () => 'Neue Anmeldung in Ihrem Konto',
    'user.email_change_requested': () => 'Eine neue E-Mail-Adresse für Ihr Konto',
    'user.email_changed': () => 'Ihr Konto hat eine neue E-Mail-Adresse',
    'user.factors_changed': () => 'Der zweite Schritt Ihrer Anmeldung wurde geändert',
    'user.erasure_requested': () => 'Ihr Konto ist beendet',
    'user.erased': () => 'Ihre Daten sind gelöscht',
    'user.registration_repeated': () => 'Sie haben bereits ein Konto bei uns',
    'user.password_reset_requested': () => 'Ein neues Passwort für Ihr Konto',
    'order.placed': () => 'Wir haben Ihre Bestellung erhalten',
    'order.confirmed': ({ attempt }) =>
      attempt > 1 ? 'Ihre Ersatzlieferung wird vorbereitet' : 'Ihre Bestellung ist bestätigt',
    'order.cancelled': () => 'Ihre Bestellung wurde storniert',
    'order.address_changed': () => 'Ihre Bestellung geht an eine andere Adresse',
    'shipment.created': ({ attempt }) =>
      attempt > 1 ? 'Ihre Ersatzlieferung ist unterwegs' : 'Ihre Bestellung ist unterwegs',
    'order.delivered': () => 'Ihre Bestellung wurde zugestellt',
    'order.refunded': ({ amount }) => `Wir haben Ihnen ${money(amount)} erstattet`,
    'return.requested': () => 'Wir haben Ihren Rückgabewunsch erhalten',
    'return.approved': () => 'So senden Sie Ihre Rückgabe ein',
    'return.rejected': () => 'Wir können Ihre Rückgabe nicht annehmen',
    'return.received': () => 'Ihre Rückgabe ist angekommen',
    'return.refunded': ({ amount }) => `Wir haben Ihnen ${money(amount)} für Ihre Rückgabe erstattet`,
    'return.payment_requested': ({ amount }) => `Bitte zahlen Sie ${money(amount)} für Ihren Umtausch`,
    'return.exchanged': () => 'Wir tauschen um, was Sie zurückgesandt haben',
    'payment.failed': () => 'Ihre Zahlung ist fehlgeschlagen',
    'shipment.lost': () => 'Ihr Paket ist verloren gegangen',
    'shipment.returned': () => 'Ihr Paket ist zu uns zurückgekommen',
    'review.requested': () => 'Wie gefällt Ihnen Ihr Einkauf?',
    'cart.abandoned': () => 'In Ihrem Warenkorb liegt noch etwas',
    'stock.available': () => 'Wieder verfügbar',
    'price.dropped': () => 'Der Preis ist gesunken',
    'alerts.digest': () => 'Neues zu Produkten, die Sie beobachten',
  },
};
