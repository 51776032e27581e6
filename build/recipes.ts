/**
 * Writes the table of headers in the languages of the hosts: `public/_headers` (Netlify, Cloudflare Pages) and `docs/deploy`
 * (nginx, Caddy). Run `npx tsx build/recipes.ts` after a change of the table; a unit test tells when that was forgotten.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { IMMUTABLE, IMMUTABLE_FOLDERS, POLICY_HEADERS, REVALIDATE } from './headers.ts';

const headers = Object.entries(POLICY_HEADERS);
const immutablePath = `/(${IMMUTABLE_FOLDERS.join('|')})/`;

/**
 * Both hosts join the values of every rule that matches, so `Cache-Control` stands only where theirs
 * (`max-age=0, must-revalidate`) is not what we want.
 */
const underscoreHeaders = (): string =>
  [
    '/*',
    ...headers.map(([name, value]) => `  ${name}: ${value}`),
    ...IMMUTABLE_FOLDERS.flatMap((folder) => ['', `/${folder}/*`, `  Cache-Control: ${IMMUTABLE}`]),
    '',
  ].join('\n');

const nginx = (): string => `# Sotto on nginx: put this file into conf.d, change server_name and root, serve over HTTPS.

map $uri $sotto_caching {
  ~${immutablePath} "${IMMUTABLE}";
  default "${REVALIDATE}";
}

server {
  listen 80;
  server_name sotto.example;
  root /srv/sotto;
  index index.html;

  # nginx does not know all of these; with nosniff a module of an unknown type does not run.
  include mime.types;
  types {
    text/javascript mjs;
    application/manifest+json webmanifest;
  }

  gzip on;
  gzip_types text/css text/javascript application/javascript application/json application/manifest+json application/wasm;

  # An add_header in a location would replace all of these. Without "always" an error is not cached.
${headers.map(([name, value]) => `  add_header ${name} "${value}" always;`).join('\n')}
  add_header Cache-Control $sotto_caching;

  location / {
    try_files $uri $uri/ =404;
  }
}
`;

const caddy = (): string => `# Sotto on Caddy: change the host and the root. Caddy gets the certificate by itself.

sotto.example {
	root * /srv/sotto
	encode zstd gzip

	header {
${headers.map(([name, value]) => `\t\t${name} "${value}"`).join('\n')}
	}

	@immutable {
		path_regexp ${immutablePath}
		file
	}
	@changing not path_regexp ${immutablePath}
	header @immutable Cache-Control "${IMMUTABLE}"
	header @changing Cache-Control "${REVALIDATE}"

	file_server
}
`;

/** Text of every recipe by its path in the repository. */
export const recipes = (): Readonly<Record<string, string>> => ({
  'public/_headers': underscoreHeaders(),
  'docs/deploy/nginx.conf': nginx(),
  'docs/deploy/Caddyfile': caddy(),
});

if (argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, '..');
  for (const [path, text] of Object.entries(recipes())) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
