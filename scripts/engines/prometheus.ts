import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { alertmanager } from './alertmanager.ts';
import type { Engine, Site } from './engine.ts';
import { ensureProgram } from './install/debian.ts';
import { HOST, isServed } from './probe.ts';

/** The rules of production. */
export const RULES = fileURLToPath(new URL('../../deploy/observability/*-alerts.yaml', import.meta.url));

const install = (): Promise<string> => ensureProgram('prometheus', 'prometheus');

/** Where a shop lists its processes, in the format of `file_sd_configs`. */
const targetsOf = ({ folder }: Pick<Site, 'folder'>): string => join(folder, 'targets.json');

/** What the Prometheus operator makes of the charts in a cluster, on this machine. */
const configOf = (site: Site, rules: string): string =>
  stringify({
    global: { scrape_interval: '5s', scrape_timeout: '4s', evaluation_interval: '5s' },
    rule_files: [rules],
    alerting: {
      alertmanagers: [{ static_configs: [{ targets: [`${HOST}:${site.portOf(alertmanager)}`] }] }],
    },
    scrape_configs: [
      // Services name themselves in the label `service`.
      { job_name: 'shop', honor_labels: true, file_sd_configs: [{ files: [targetsOf(site)] }] },
    ],
  });

/** Prometheus with these rules, a file or a pattern of files. */
export const prometheusWith = (rules: string): Engine => ({
  name: 'prometheus',
  port: 19090,
  ports: 1,
  install: async () => {
    await install();
  },
  prepare: async (site) => {
    const config = join(site.folder, 'prometheus.yaml');
    await mkdir(site.folder, { recursive: true });
    await writeFile(config, configOf(site, rules));
    return {
      program: await install(),
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(site.folder, 'data')}`,
        '--storage.tsdb.retention.time=15d',
        `--web.listen-address=${HOST}:${site.port}`,
        '--log.level=warn',
      ],
    };
  },
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/-/ready`),
  addresses: (site) => ({ url: `http://${HOST}:${site.port}`, targets: targetsOf(site) }),
});

export const prometheus = prometheusWith(RULES);
