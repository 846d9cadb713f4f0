/** What a backup and a return say when they will not go on. */
export const backupTexts = {
  nothing: (folder: string) => `Rien à sauvegarder : aucune base de données dans ${folder}.`,
  link: (file: string) =>
    `${file} est un lien : la base intégrée ne se sauvegarde que si tout tient dans son dossier.`,
  taken: (folder: string) => `${folder} existe déjà : relancez la sauvegarde dans une seconde.`,
  notWhole: (folder: string) =>
    `${folder} n’est pas une sauvegarde entière : il y manque un manifeste qui se lise. Une sauvegarde interrompue ne peut pas être reprise.`,
  altered: (file: string) =>
    `La sauvegarde a été altérée : ${file} n’est plus ce que dit le manifeste. Rien n’a été changé.`,
  missing: (file: string) => `La sauvegarde est incomplète : ${file} y manque. Rien n’a été changé.`,
  otherKind: (kind: 'cluster' | 'dump') =>
    kind === 'dump'
      ? 'Cette sauvegarde vient d’un serveur PostgreSQL : indiquez par DATABASE_URL une base vide où la reprendre.'
      : 'Cette sauvegarde est celle d’une base intégrée : elle ne se reprend que sans DATABASE_URL.',
  newer: (migration: string) =>
    `Cette sauvegarde vient d’une version plus récente de Préau (${migration}) : installez cette version d’abord.`,
  running: (folder: string) =>
    `Une base de données tourne dans ${folder} : arrêtez d’abord le portail, puis recommencez.`,
  occupied: (folder: string) =>
    `${folder} contient déjà une base de données : avec --remplacer, elle sera mise de côté, sans être effacée.`,
  occupiedSecret: (file: string) =>
    `${file} existe déjà et diffère de celui de la sauvegarde : avec --remplacer, il sera mis de côté, sans être effacé.`,
  otherMajor: (theirs: number, ours: number) =>
    `Cette sauvegarde vient de PostgreSQL ${theirs}, et c’est PostgreSQL ${ours} qui est installé ici : reprenez-la avec la même version.`,
  otherBuild: (theirs: string, ours: string) =>
    `Cette sauvegarde vient d’une autre construction de PostgreSQL, où les textes pourraient être rangés autrement. Rien n’a été changé.\n  Sauvegarde : ${theirs}\n  Ici : ${ours}`,
  notOpening: (why: string) => `La base de la sauvegarde ne s’ouvre pas. Rien n’a été changé.\n${why}`,
  halfReturned: (folder: string) =>
    `Une reprise de sauvegarde a été interrompue (${folder}) : relancez-la avec npm run preau -- restore, ou effacez ce dossier pour repartir d’une base vide.`,
  toolAbsent: (tool: string) =>
    `${tool} est introuvable : installez les outils clients de PostgreSQL, ou indiquez leur dossier par PREAU_PG_BIN.`,
  toolOlder: (tool: string, ours: number, server: number) =>
    `${tool} est en version ${ours} et le serveur en version ${server} : indiquez par PREAU_PG_BIN des outils au moins aussi récents que lui.`,
  toolOlderThanDump: (ours: number, theirs: number) =>
    `La sauvegarde a été faite par pg_dump ${theirs}, et pg_restore est en version ${ours} : indiquez par PREAU_PG_BIN des outils au moins aussi récents.`,
  serverOlder: (theirs: number, ours: number) =>
    `Cette sauvegarde vient d’un serveur PostgreSQL ${theirs}, plus récent que celui-ci, en version ${ours}.`,
  toolFailed: (tool: string, why: string) => `${tool} a échoué :\n${why}`,
  notEmpty:
    'La base désignée par DATABASE_URL n’est pas vide : créez-en une nouvelle, où reprendre la sauvegarde.',
  notMigrated: (why: string) =>
    `Le schéma de la base est plus ancien que cette version de Préau, et la sauvegarde qui doit précéder sa mise à jour a échoué. Rien n’a été changé. Remédiez à ce qui suit, ou faites votre propre sauvegarde et démarrez une fois avec PREAU_MIGRATE_WITHOUT_BACKUP=1.\n${why}`,
} as const
