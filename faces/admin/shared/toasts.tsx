export { Notifications as default, notifications } from '@mantine/notifications';
