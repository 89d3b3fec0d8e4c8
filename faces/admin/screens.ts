import {
  IconBox,
  IconDiscount,
  IconFileImport,
  IconHistory,
  IconHome,
  IconInbox,
  IconMail,
  IconMessageQuestion,
  IconMessageStar,
  IconReceipt,
  IconServer,
  IconStack2,
  IconTag,
  IconTruckReturn,
  IconUsers,
  IconUserShield,
  IconWebhook,
} from '@tabler/icons-react';

/** The pages of the menu, in its order. A page exists only for users with its permission, or one of them. */
export const SCREENS = [
  { to: '/home', name: 'home', permission: 'order:read', key: 'h', Icon: IconHome },
  {
    to: '/needs-you',
    name: 'needsYou',
    permission: ['order:read', 'review:read', 'inventory:read', 'operations:read'],
    key: 'n',
    Icon: IconInbox,
  },
  { to: '/orders', name: 'orders', permission: 'order:read', key: 'o', Icon: IconReceipt },
  { to: '/returns', name: 'returns', permission: 'order:read', key: 'e', Icon: IconTruckReturn },
  { to: '/products', name: 'products', permission: 'catalog:read', key: 'p', Icon: IconTag },
  { to: '/stock', name: 'stock', permission: 'inventory:read', key: 's', Icon: IconBox },
  { to: '/collections', name: 'collections', permission: 'catalog:write', key: 'k', Icon: IconStack2 },
  { to: '/prices', name: 'prices', permission: 'catalog:write', key: 'l', Icon: IconDiscount },
  {
    to: '/imports',
    name: 'imports',
    permission: 'catalog:write',
    key: 'i',
    Icon: IconFileImport,
  },
  { to: '/reviews', name: 'reviews', permission: 'review:read', key: 'r', Icon: IconMessageStar },
  {
    to: '/questions',
    name: 'questions',
    permission: 'review:read',
    key: 'q',
    Icon: IconMessageQuestion,
  },
  { to: '/customers', name: 'customers', permission: 'user:read', key: 'c', Icon: IconUsers },
  { to: '/mails', name: 'mails', permission: 'notification:read', key: 'm', Icon: IconMail },
  { to: '/staff', name: 'staff', permission: 'user:read', key: 't', Icon: IconUserShield },
  { to: '/audit', name: 'audit', permission: 'user:read', key: 'a', Icon: IconHistory },
  { to: '/webhooks', name: 'webhooks', permission: 'webhook:read', key: 'w', Icon: IconWebhook },
  { to: '/system', name: 'system', permission: 'operations:read', key: 'y', Icon: IconServer },
] as const;

export type Screen = (typeof SCREENS)[number];

export const screensFor = (permissions: readonly string[]): readonly Screen[] =>
  SCREENS.filter(({ permission }) => [permission].flat().some((one) => permissions.includes(one)));
