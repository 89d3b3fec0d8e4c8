import { isWanted, withoutPart, type AlertPart } from '../domain/alert.ts';
import type { AlertRepository } from '../ports/alerts.ts';

/** Ends the part of an alert that a message serves; false if it had ended. */
export const serve = async (alerts: AlertRepository, userId: string, part: AlertPart): Promise<boolean> => {
  const alert = (await alerts.ofUser(userId)).find((one) => isWanted(one, part));
  if (!alert) return false;
  const left = withoutPart(alert, part.kind);
  await (left ? alerts.put(left) : alerts.remove(userId, part.variantId));
  return true;
};
