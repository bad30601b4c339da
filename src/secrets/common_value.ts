/**
 * Values that are not replaced wherever they stand, although somebody called them secret: they would take ordinary
 * words out of every log.
 *
 * @module
 */

const SHORTEST = 8;

/** Words of eight letters and more that logs, configurations and weak passwords are made of. */
const WORDS = new Set(
  `absolute academic accepted accessed accident accounts accuracy achieved acquired activate activity actually addition
  address addresses adjusted administrator advanced advisory affected aggregate alphabet although analysis analytics
  announce anonymous anything anywhere apparent appeared appended applied application applications approach approved
  archived argument arguments artifact assembly assigned assignment associate attached attempts attribute audience
  authenticated authentication authorization authorized automatic automation autopilot available baseball basketball
  behavior behaviour benchmark boundary branches broadcast browsers building business calendar calculate callback
  campaign canceled cancelled capacity captured category certificate challenge changeme changeit channels character
  characters checkout children chocolate circular classes clusters collected collection collector combined command
  commands comment comments commercial committed community comparison compiled compiler complete completed component
  components compressed computer computers concurrent condition conditions configuration configure configured confirm
  connected connecting connection connections consider consistent constant constraint consumer consumers contained
  container containers contents continue continued contract contribute controller conversion converted corporate
  correctly corrupted coverage creating creation credential credentials critical currency currently customer customers
  dashboard database databases datetime deadline debugging december decision declared decoding default defaults
  definition delegate deleted delivery dependencies dependency deployed deployment deprecated describe described
  description destination detected developer developers development device diagnostic dictionary different digital
  directly directory disabled disconnect discovery discussion distribution document documentation documents domestic
  download downloaded downloading duplicate duration dynamic electronic elements embedded employee emergency enabled
  encoding encryption endpoint endpoints engineer enterprise environment equipment estimate evaluate eventually
  everyone everything evidence example examples exception exceptions exchange excluded executable execute executed
  execution executor existing expected expensive experience experimental expiration expired explicit explorer export
  exported exporter expression extended extension external facility failover failure fallback favorite features
  february feedback filesystem filename filters finished firewall firmware football following forbidden foreground
  formatted forwarded forwarding fragment framework frequency friendly function functions gateway generate generated
  generation generator graphics guardian handlers handshake hardware hardening headless heartbeat helloworld highlight
  historical homepage hostname hypervisor identifier identify identity implement implementation important imported
  improved incident included including incoming increase indicate individual industry infinite information
  infrastructure initial initialize initialized injection inserted inspection install installation installed installer
  instance instances instruction integration integrity interactive interface internal international internet interval
  introduction invalid inventory involved isolated iteration javascript journal keyboard keychain knowledge kubernetes
  language launched learning letmein levels library licence license listener listening literature loadbalancer
  localhost location locations lowercase machine machines maintain maintainer maintenance managed management manager
  mandatory manifest material maximum mechanism medicine membership memory message messages metadata microservice
  microsoft migrated migration minimum minutes missing mobile modified monitor monitoring mountain multiple namespace
  namespaces national navigate negative network networking networks newsletter nonexistent notebook notification
  notifications november numbers numeric objective observer obsolete occurred october official offline operating
  operation operational operations operator opportunity optimize optional optional original otherwise outbound output
  overflow override overview packages paragraph parallel parameter parameters partition partners passphrase password
  passwords patterns payload pending percentage performance periodic permanent permission permissions personal
  pipeline placeholder platform playground policies politics popular portable position positive possible postgres
  postgresql potential practice preference prefix preload premium prepared presence preserve pressure preview previous
  princess principal printing priority privacy private privileged problem problems procedure process processed
  processes processing processor producer product production products professional profile program progress project
  projects properties property proposal protected protection protocol provided provider providers provision proxies
  publicly published publisher purchase qualified quantity question questions rabbitmq readonly received receiver
  recently recommended reconnect recorded recovery recursive redirect reducer reference references refresh register
  registered registration registry regression regular rejected related relation relations release released relevant
  reliable remember remaining remote removed renamed repeated replaced replacement replica replication repository
  request requested requests required requirement requirements research reserved resident resolution resolved resolver
  resource resources response responses restarted restarting restored restricted restrict result retention retrieve
  returned reverse rollback rotation runtime sandbox satellite scalable schedule scheduled scheduler schemas scripting
  secondary sections security selected selection selector semantic sensitive separate separator sequence serialize
  serverless service services session sessions settings shutdown shutting signature significant similar simulate
  situation skipped snapshot software solution specific specification specified staging standard standalone started
  starting startup statement statements statistics status stopped stopping storage strategy streaming strength string
  structure students subject submitted subnet subscribe subscriber subscription subsystem succeeded success successful
  successfully suggested summary sunshine superman superuser supervisor support supported suspended switched symbolic
  synchronize syntax systemctl systemd systems target technical technology telegram telemetry template templates
  temporary terminal terminated terminating terraform testing thousand threads threshold throttle timeout timeouts
  timestamp together topology tracking traffic training transaction transactions transfer transform transition
  transport triggered truncate trusted truncated tutorial undefined understand undefined uninstall universal university
  unknown unlimited unreachable unsupported untitled updated updating upgraded upgrade uploaded uploading uppercase
  username utilization validate validated validation validator variable variables verification verified version
  versions virtual visibility visitors volumes vulnerability vulnerable warehouse warnings watchdog webhook websites
  welcome whatever whitelist wildcard windows withdrawn workbench worker workers workflow workflows workload working
  workshop workspace writable yesterday`.split(/\s+/),
);

/** Whether `value` is shorter than 8 characters, a word, one character again and again, or one after the other. */
export function isCommon(value: string): boolean {
  if (value.length < SHORTEST || WORDS.has(value.toLowerCase())) return true;
  if (new Set(value).size <= 2) return true;
  return /^(?:0?1?23456789?0?|abcdefgh[a-z]*|qwerty(?:uiop|123\d*)?|password\d{0,4}|\d{4}-\d\d-\d\d|\d{1,3}(?:\.\d{1,3}){3})$/i
    .test(
      value,
    );
}

/** Whether `value` may be a word of whatever language: not looked for again where only its place said that it is secret. */
export function isOneWord(value: string): boolean {
  return /^[\p{Lu}\p{Ll}]\p{Ll}{0,15}$/u.test(value);
}
