import { together } from './holes.ts';
import type { TranscribeRequest, Transcription } from './transcribe.ts';
import type { TokenWord } from './words.ts';

type Pass = (request: TranscribeRequest) => Promise<Transcription>;

/**
 * A pass that is led on by those terms of the glossary that are likely to be said: the ones that sound like something in what was
 * heard of the utterance before. A final pass that hears such a thing for the first time is made again with them.
 * @param known what was heard of it by earlier passes.
 */
export async function recallTerms(
  pass: Pass,
  request: TranscribeRequest,
  known: readonly TokenWord[],
): Promise<Transcription> {
  const { glossary, previousText } = request;
  if (glossary === null) return pass(request);
  const promptFor = (words: readonly TokenWord[]) => glossary.promptFor(words.map(({ text }) => text).join(''));
  const expected = promptFor(known);
  const first = await pass({ ...request, previousText: [...expected, ...previousText] });
  if (request.pass === 'tentative' || first.abandoned || expected.length > 0) return first;
  const found = promptFor(first.words);
  if (found.length === 0) return first;
  const draft = first.words.flatMap(({ tokens }) => tokens.map(({ token }) => token));
  const again = await pass({ ...request, previousText: [...found, ...previousText], draft });
  return again.sound || !first.sound ? together(again, first) : together(first, again);
}
