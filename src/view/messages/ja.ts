import { backupFailures, backupMessages } from './backup.ja.ts';
import { exportMessages } from './export.ja.ts';
import { fileFailures, fileMessages } from './files.ja.ts';
import { createFormats } from './formats.ts';
import type { Messages } from './messages.ts';
import { recordingStopped, recoveryMessages } from './recovery.ja.ts';

const { bytes, bytesOf, duration } = createFormats('ja');

export const ja = {
  title: 'Sotto：端末の中だけで動く文字起こし',
  privacy: 'データは端末の外に出ません',
  preparing: {
    title: '準備しています…',
    text: 'このブラウザーで Sotto を使えるようにしています。終わると自動で再読み込みされます。',
  },
  start: '開始',
  stop: '停止',
  startsNext: '続けて開始',
  close: '閉じる',
  dismiss: '閉じる',

  empty: {
    idle: '「開始」を押して、お話しください。',
    idleHint: '話した言葉が、そのままここに表示されます。音声も文字も、この端末の外に出ることはありません。',
    keyHint: 'スペースキーでも開始・停止できます。',
    listening: '聞いています。お話しください。',
    waitingForModel: '今からお話しいただけます。モデルの準備ができしだい、文字になります。',
    finishing: 'お話しになった内容を書き起こしています…',
    nothingHeard: '音声は聞き取れませんでした。「開始」を押して、もう一度お試しください。',
  },

  phase: {
    idle: '準備完了',
    starting: 'マイクに接続しています…',
    listening: '聞いています',
    behind: (seconds) => `聞いています・${duration(seconds)}遅れ`,
    finishing: '仕上げています',
    finishingIn: (secondsLeft) => `仕上げています・残り ${duration(secondsLeft)}`,
    stopped: '停止しました',
    failed: '問題が起きたため停止しました',
  },
  cancelFinishing: '残りを省略',
  elapsed: '経過時間',

  model: {
    loading: (loadedBytes, totalBytes, secondsLeft) =>
      `読み込み中 ${bytesOf(loadedBytes, totalBytes).join(' / ')}${
        secondsLeft === null ? '' : `・残り ${duration(secondsLeft)}`
      }`,
    loadingBar: 'モデルのダウンロード',
    waitingForOtherTab: '別のタブでダウンロード中です',
    file: (name) => `ファイル：${name}`,
    preparing: 'モデルを準備しています…',
    startAnyway: 'このまま開始できます。話した内容は、モデルの準備ができしだい文字になります。',
    writtenLater: 'そのままお話しください。モデルの準備ができしだい文字になります。',
    absent: 'モデルはまだこの端末にありません。',
    absentStart: 'モデルをダウンロード',
    cancel: 'キャンセル',
    names: {
      tiny: { title: 'Tiny・速さ優先', text: 'どの端末でも軽快に動きますが、間違いは多めです。' },
      base: { title: 'Base・標準', text: 'ほとんどの端末におすすめです。' },
      small: { title: 'Small・正確さ優先', text: 'もっとも正確です。高性能な端末が必要です。' },
    },
    size: (size) => `初回のみ ${bytes(size)} のダウンロード`,
  },

  transcript: {
    heading: '文字起こし',
    toLatest: '最新の位置へ',
    copy: 'コピー',
    copied: 'コピーしました',
    copyRefused: 'クリップボードを使えなかったため、ファイルに保存しました。',
    save: '保存',
    clear: '消去',
    cleared: '文字を消去しました',
    undo: '元に戻す',
    translated: (languages) => `${languages}から英語への、モデルによる翻訳です。話した言葉そのものではありません。`,
  },

  library: {
    title: 'ライブラリ',
    open: '開く',
    removed: '削除しました',
    removedVersion: '文字起こしを削除しました',
    unloadable: 'このページを読み込めませんでした。ネットワークを確認するか、再読み込みしてください。',
    toRecording: '録音の画面へ',
    notKept: 'この文字は保存されていません。ページを閉じる前に保存してください。',
  },

  save: exportMessages,
  backup: backupMessages,

  settings: {
    title: '設定',
    spokenLanguage: '話す言語',
    detect: '言語を自動判定',
    detected: (language) => `自動判定（${language}）`,
    likely: 'おすすめ',
    all: 'すべての言語',
    into: (language, target) => `${language} → ${target}`,
    task: '書き起こし方',
    transcribe: '話した言語のまま',
    translate: '英語に翻訳',
    model: 'モデル',
    modelHint: '一度ダウンロードすると、この端末に保存されます。',
    microphone: 'マイク',
    systemMicrophone: 'システムの既定',
    unnamedMicrophone: (position) => `マイク ${position}`,
    missingMicrophone: (label) => `${label}（未接続）`,
    microphoneHint: 'マイクの使用を許可すると、名前が表示されます。',
    interfaceLanguage: '表示言語',
    asBrowser: '自動',
    languages: '自分が話す言語',
    languagesAny: 'すべての言語から判定します。話す言語を選んでおくと、ほかの言語と間違えられません。',
    languagesChosen: 'この中からだけ判定します。判定は話の切れ目ごとにやり直します。',
    addLanguage: '言語を追加…',
    removeLanguage: (language) => `${language}を外す`,
    translateHint: 'モデルによる翻訳です。話した言葉そのものではありません。大きいモデルほど正確に翻訳します。',
    vocabulary: '用語と置き換え',
    vocabularyHint: '聞き取ってほしい名前や用語と、その書き方。',
    keepAudio: '録音した音声',
    keepAudioYes: '文字と一緒に残す',
    keepAudioNo: '書き起こしが終わったら削除する',
    shortcuts: 'キーボード',
    shortcutStart: '開始・停止',
    shortcutAnywhere: '開始・停止（どこを操作中でも）',
    diagnostics: '診断情報',
    install: 'Sotto をインストール',
    installHint: '専用のウィンドウで開き、ネットワークがなくても起動します。',
    licences: '使用しているソフトウェアのライセンス',
  },

  offline: {
    ready: 'オフラインで使えます',
    off: 'オフラインでは使えません',
    obstacles: {
      'no-service-worker': 'このブラウザーではサイトを端末に保存できないため、オフラインでは使えません。',
      'no-storage':
        'このブラウザーではファイルを保存できないため、オフラインでは使えません（プライベートウィンドウの可能性があります）。',
    },
    updateWaiting: { title: '新しいバージョンがあります', text: '再読み込みはすぐに終わります。' },
    updateDeferred: {
      title: '新しいバージョンがあります',
      text: 'すべてのタブで録音が終わるまで、更新を待っています。',
    },
  },

  diagnostics: {
    title: '診断情報',
    hint: '不具合を報告するための技術的な記録です。お話しになった内容は含まれません。',
    copy: '診断情報をコピー',
    log: 'セッションの記録',
    emptyLog: 'まだ記録はありません。',
  },

  files: fileMessages,
  recovery: recoveryMessages,

  asking: (totalBytes) => ({
    title: `モデル（${bytes(totalBytes)}）をダウンロードしますか？`,
    text: 'ブラウザーがデータ節約モードになっています。ダウンロードは初回だけで、そのあとはネットワークがなくても使えます。',
  }),

  actions: {
    'retry-load': 'もう一度試す',
    'retry-start': 'もう一度試す',
    download: 'ダウンロード',
    'smaller-model': '小さいモデルを使う',
    'choose-microphone': 'マイクを選ぶ',
    resume: '再開',
    'use-default': 'このマイクで続ける',
    'keep-in-memory': 'このまま続ける',
    diagnostics: '診断情報',
    reload: '再読み込み',
    'apply-update': '再読み込み',
  },

  failures: {
    'isolation-missing': ({ cause }) => ({
      title: 'ここではまだ Sotto を使えません',
      text: {
        headers:
          'このサイトは、複数のプロセッサコアを使うために必要なヘッダーなしで配信されており、ブラウザー側でも補えませんでした。Shift キーを押さずに再読み込みしてください。サイトを運営している方は、「Cross-Origin-Opener-Policy: same-origin」と「Cross-Origin-Embedder-Policy: require-corp」のヘッダーを送信してください。',
        'insecure-context':
          'ブラウザーは、安全な接続でのみマイクの使用を許可します。https:// で始まるアドレス（または localhost）で開いてください。',
        unsupported:
          'このブラウザーには、音声認識に必要な共有メモリーの機能がありません。最新の Chrome、Edge、Firefox、Safari をお使いください。',
      }[cause],
    }),
    'worker-crashed': ({ worker }) => ({
      title: worker !== 'speech' ? '音声認識が予期せず停止しました' : '録音が予期せず停止しました',
      text:
        worker !== 'speech'
          ? 'お話しになった内容は残っています。音声認識を再起動しています。何度も起きる場合は、小さいモデルをお試しください。'
          : 'ここまでの文字は残っています。続けるには、もう一度開始してください。',
    }),
    'offline-without-model': () => ({
      title: 'ネットワークに接続できず、モデルもまだ端末にありません',
      text: '録音は今すぐ始められます。モデルの準備ができしだい文字になります。ダウンロードするには、ネットワークに接続してください。',
    }),
    'download-interrupted': () => ({
      title: 'ダウンロードが中断されました',
      text: '届いた分は保存してあります。ネットワークにつながれば、続きから再開します。',
    }),
    'download-refused': ({ status }) => ({
      title: 'サーバーがダウンロードを受け付けませんでした',
      text: `サーバーの応答は「${status}」でした。届いた分は保存してあります。しばらくしてからもう一度お試しください。`,
    }),
    'download-corrupt': () => ({
      title: 'ダウンロードしたファイルが壊れていました',
      text: '正しいファイルではなかったため、破棄しました。ログイン画面を表示するネットワークで起こることがあります。接続を確認して、もう一度お試しください。',
    }),
    'storage-full': ({ neededBytes, freeBytes }) => ({
      title: '端末の空き容量が足りません',
      text: `モデルには ${bytes(neededBytes)} が必要です${
        freeBytes === null ? '' : `（空き容量は ${bytes(freeBytes)} です）`
      }。空きを増やしてもう一度試すか、小さいモデルをお使いください。保存済みのデータは消えていません。`,
    }),
    'storage-unavailable': () => ({
      title: 'このブラウザーではファイルを保存できません',
      text: 'モデルはメモリー上だけに置かれ、次回またダウンロードが必要です。プライベートウィンドウではなく、通常のウィンドウをお使いください。',
    }),
    'out-of-memory': () => ({
      title: 'モデルを動かすためのメモリーが足りません',
      text: 'ほかのタブを閉じてもう一度試すか、小さいモデルをお使いください。',
    }),
    'engine-failed': () => ({
      title: '音声認識を開始できませんでした',
      text: 'もう一度お試しください。繰り返し失敗する場合は、診断情報で原因を確認できます。',
    }),
    'microphone-denied': () => ({
      title: 'マイクの使用がブロックされています',
      text: 'アドレスバーの横にあるサイトの設定でマイクを「許可」にしてから、もう一度お試しください。システムのプライバシー設定でブロックされていることもあります。',
    }),
    'microphone-dismissed': () => ({
      title: 'マイクの使用がまだ許可されていません',
      text: '確認の画面が閉じられました。もう一度試して「許可」を選んでください。音声が端末の外に出ることはありません。',
    }),
    'microphone-missing': () => ({
      title: 'マイクが見つかりません',
      text: 'マイクを接続するか、電源を入れてから、もう一度お試しください。',
    }),
    'microphone-busy': () => ({
      title: 'マイクはほかで使用中です',
      text: '別のアプリまたはタブが使っています。そちらを閉じてもう一度試すか、別のマイクを選んでください。',
    }),
    'microphone-lost': () => ({
      title: 'マイクの接続が切れました',
      text: 'ここまでの内容は残っています。つなぎ直して再開するか、別のマイクを選んでください。',
    }),
    'capture-failed': () => ({
      title: '録音を開始できませんでした',
      text: 'もう一度お試しください。繰り返し失敗する場合は、診断情報で原因を確認できます。',
    }),
    ...fileFailures,
    ...backupFailures,
  },

  notices: {
    'no-signal': () => ({
      title: 'マイクから音が届いていません',
      text: 'マイク本体のスイッチ、またはシステムの設定でミュートになっていないかご確認ください。',
    }),
    'audio-suspended': () => ({
      title: '聞き取りを一時停止しています',
      text: 'ブラウザーが音声を一時停止しました。ワンタップで再開できます。',
    }),
    'microphone-replaced': ({ wanted, used }) => ({
      title: `「${wanted}」が接続されていません`,
      text: `代わりに「${used}」を使っています。`,
    }),
    'microphone-lost': () => ({
      title: 'マイクの接続が切れました',
      text: 'ここまでの内容は残っています。つなぎ直して再開するか、別のマイクを選んでください。',
    }),
    'waiting-for-model': () => ({
      title: 'モデルの準備を待っています',
      text: 'お話しになった内容は残してあり、モデルの準備ができしだい文字になります。',
    }),
    'gpu-lost': () => ({
      title: 'GPU が使えなくなりました',
      text: 'お話しになった内容は失われていません。CPU で続けます。',
    }),
    'memory-only': () => ({
      title: 'このウィンドウでは何も保存されません',
      text: 'Sotto はメモリー上で動作しています。必要な文字や音声は、閉じる前に保存してください。次回はモデルをもう一度ダウンロードします。',
    }),
    'recording-stopped': recordingStopped,
  },
} satisfies Messages;
