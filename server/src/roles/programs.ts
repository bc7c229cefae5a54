/** Programs that need what others must not have: what their own instructions tell people to set. */
import { parseImage } from '../compose/image.ts';

/** By the last part of the image's path, or by more of the path where that part says too little. */
const programs = {
  /** Runs an engine of its own, which needs most of what a host can do. */
  nestedEngine:
    /(^|\/)(dind|buildkitd?|k3s|rke2|k0s)$|^(kindest\/node|moby\/buildkit|docker-dind|earthly\/buildkitd)$/,
  /** Stands between the engine's socket and those who need a part of it. */
  socketProxy: /(^|\/)(docker-)?socket-proxy$/,
  /** Manages containers, or watches them, by the engine's socket. */
  usesEngine:
    /(^|\/)(portainer(-[a-z]+)?|watchtower|dockge|dozzle|ofelia|diun|wud|whats-up-docker|act_runner|gitlab-runner|github-runner|actions-runner|woodpecker-agent|drone-runner-docker|homepage|autoheal|docker-volume-backup|traefik|nginx-proxy|docker-gen|acme-companion|letsencrypt-nginx-proxy-companion|caddy-docker-proxy|cadvisor|promtail|alloy|netdata|telegraf|glances|beszel-agent|yacht|lazydocker|ctop|shepherd|doco-cd|periphery|komodo-periphery|uptime-kuma|autokuma|logspout|filebeat|metricbeat|vector|fluent-bit|localstack|localstack-pro|ryuk|crowdsec|zabbix-agent2?|swarmpit|coolify|dashdot)$|^(nextcloud\/all-in-one|(portainer|datadog|datadoghq|buildkite|grafana|newrelic)\/.*agent|newrelic\/infrastructure.*|forgejo\/runner)$/,
  /** Reads the state of the host, which it sees through mounts and namespaces. */
  observesHost:
    /(^|\/)(node[-_]exporter|cadvisor|netdata|telegraf|promtail|alloy|glances|beszel-agent|zabbix-agent2?|falco|metricbeat|filebeat|fluent-bit|vector|process-exporter|scrutiny|smartctl[-_]exporter|crowdsec|btop|htop|check-mk-agent|opentelemetry-collector(-contrib)?|osquery|sysdig|tetragon|dashdot|logspout)$|^((datadog|datadoghq|grafana|newrelic)\/.*agent|newrelic\/infrastructure.*)$/,
  /** Finds or serves the network around the host: discovery, broadcasts, tunnels, addresses. */
  needsHostNetwork:
    /(^|\/)(home-assistant|homeassistant|plex|pms-docker|jellyfin|emby|embyserver|pihole|adguardhome|node[-_]exporter|avahi|.*mdns.*|(python-)?matter-server|hyperion.*|wireguard|wg-easy|tailscale|zerotier.*|netbird|netdata|frr|keepalived|wyoming-.*|esphome|homebridge|unifi.*|omada-controller|music-assistant.*|snap(cast|server|client)|roon.*|coturn|asterisk|freepbx|dnsmasq|kea.*|.*dhcp.*|rustdesk-server|minidlna|scrypted|zabbix-agent2?|beszel-agent|glances|cadvisor|squeezelite|shairport-sync|lyrionmusicserver|frigate|nebula|consul|nomad)$/,
  /** Takes connections by SSH as its purpose. */
  servesSsh:
    /(^|\/)(gitea.*|forgejo.*|gitlab-[ce]e|gogs|onedev|sftp.*|openssh-server|bastion.*|ssh.*|sshportal|endlessh.*|cowrie|soft-serve|borg.*|.*rsync.*|teleport.*|kasm.*|radicle.*)$/,
  /** Asks disks about their health, which takes the disks themselves. */
  asksDisks: /(^|\/)(scrutiny|scrutiny-collector|smartctl[-_]exporter|smartd|smartmontools)$/,
  /** Opens tunnels, and loads the kernel's module for that where it has none. */
  opensTunnels: /(^|\/)(wireguard|wg-easy|tailscale|gluetun|openvpn.*|netbird|zerotier.*)$/,
  /** Starts as root by design and gives it up on its own, or takes the account from a variable. */
  dropsRoot:
    /^(nginx|httpd|haproxy|traefik|caddy|apache|openresty|memcached|rabbitmq|vault|consul|nats|mosquitto)(\/|$)|(^|\/)(eclipse-mosquitto|nginx|httpd|haproxy|traefik|caddy|pihole|gitea|forgejo|nextcloud|wordpress|ghost|vaultwarden|keycloak|zookeeper|kafka|elasticsearch|kibana|logstash|opensearch|prometheus|alertmanager|grafana|node[-_]exporter|influxdb|clickhouse-server|cockroach|couchdb|neo4j|cassandra|mongo|postgres|postgresql|redis|valkey|mariadb|mysql|postgis|timescaledb.*|pgvector|mysql-server|percona.*)$|^(linuxserver|hotio|binhex|bitnami|prom|grafana|itzg|prometheuscommunity)\//,
} as const satisfies Record<string, RegExp>;

export type Trait = keyof typeof programs;

/** What a program is known to need, by its image; false for an image that nobody knows. */
export function isKnownTo(trait: Trait, image: string | undefined): boolean {
  return image !== undefined && programs[trait].test(pathOf(image));
}

/** The path of an image without its registry, tag and digest; `docker:27-dind` is told by its tag, so that becomes a part. */
function pathOf(image: string): string {
  const { repository, tag = '' } = parseImage(image.toLowerCase());
  const path = repository.replace(/^([^/]*[.:][^/]*|localhost)\//, '').replace(/^library\//, '');
  return path === 'docker' && tag.includes('dind') ? 'docker-dind' : path;
}
