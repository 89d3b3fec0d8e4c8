import type { Logger } from '../observability/logger.ts';
import { KafkaBus } from './kafka-bus.ts';
import { openKafkaClient } from './kafka-client.platformatic.ts';
import { readKafkaSettings } from './settings.ts';

/** A bus by the `KAFKA_…` settings; throws `InvalidConfig`. */
export const openKafkaBus = (env: Readonly<Record<string, string | undefined>>, logger: Logger): KafkaBus => {
  const settings = readKafkaSettings(env);
  return new KafkaBus({ client: openKafkaClient(settings.brokers, settings.security), settings, logger });
};
