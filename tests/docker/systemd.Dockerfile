# A machine with systemd, logind and the docker command, for tests/docker/systemd_machine.ts.
# Only the command of docker.io: the daemon is the host's, through its socket.
FROM stakpak-test:bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends systemd-sysv dbus-user-session libpam-systemd procps \
 && cd /tmp && apt-get download docker.io && dpkg-deb -x docker.io_*.deb docker \
 && cp docker/usr/bin/docker /usr/bin/docker \
 && rm -rf /tmp/* /var/lib/apt/lists/*
STOPSIGNAL SIGRTMIN+3
CMD ["/lib/systemd/systemd"]
