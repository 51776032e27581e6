import { makeZip } from 'client-zip';
import type { Transcript } from '../transcript.ts';
import { clean } from './clean.ts';
import { CONTENT_TYPES, coreProperties, DOCUMENT_RELATIONS, RELATIONS, STYLES, WORD } from './docx-parts.ts';
import { MEDIA_TYPES } from './formats.ts';
import { readableParagraphs, type ReadableParagraph } from './readable.ts';
import { clockTime } from './time.ts';

/** Written from right to left. */
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}]/u;

/**
 * A document for Word, LibreOffice, Pages and Google Docs: title and paragraphs in styles, so that people can restyle it. The
 * smallest set of parts that Office Open XML (ECMA-376, transitional) asks for; a library for all of it weighs a hundred times more.
 */
export async function toDocx(
  transcript: Transcript,
  { title, times }: { readonly title: string | null; readonly times: boolean },
  now: Date,
): Promise<Blob> {
  const heading = title === null ? '' : clean(title);
  const body = [
    heading === '' ? '' : paragraph('Title', directionOf(heading), run('', heading)),
    ...readableParagraphs(transcript).map((spoken) => spokenParagraph(spoken, times)),
  ].join('');
  const document = `<w:document xmlns:w="${WORD}"><w:body>${body}${PAGE}</w:body></w:document>`;
  const parts = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': RELATIONS,
    'word/document.xml': document,
    'word/_rels/document.xml.rels': DOCUMENT_RELATIONS,
    'word/styles.xml': STYLES,
    'docProps/core.xml': coreProperties(xml(heading), now),
  };
  const files = Object.entries(parts).map(([name, part]) => ({
    name,
    input: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${part}`,
    lastModified: now,
  }));
  const archive = await new Response(makeZip(files)).blob();
  return new Blob([archive], { type: MEDIA_TYPES.docx });
}

/** A4 with margins of 2.5 cm, in twentieths of a point. */
const PAGE =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>';

type Direction = '' | '<w:bidi/>';
const directionOf = (text: string): Direction => (RIGHT_TO_LEFT.test(text) ? '<w:bidi/>' : '');

function spokenParagraph({ startSample, language, text }: ReadableParagraph, times: boolean): string {
  const direction = directionOf(text);
  const time = times ? run('<w:rStyle w:val="Time"/>', clockTime(startSample)) + run('', ' ') : '';
  const properties =
    (direction === '' ? '' : '<w:rtl/>') + (language === null ? '' : languageOf(language.replace(/^jw$/, 'jv')));
  return paragraph('BodyText', direction, time + run(properties, text));
}

/** For spell checkers, which ask for the language of each kind of script. */
const languageOf = (tag: string): string => `<w:lang w:val="${tag}" w:eastAsia="${tag}" w:bidi="${tag}"/>`;

const paragraph = (style: string, direction: Direction, runs: string): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${direction}</w:pPr>${runs}</w:p>`;

const run = (properties: string, text: string): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;

/** Text that is clean already: what XML cannot hold at all is gone. */
const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
