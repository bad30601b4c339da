# A machine with systemd, logind and the docker command, for tests/docker/systemd_machine.ts.
# Only the command of docker.io: the daemon is the host's, through its socket. Everyone may sudo, to try out fixes.
FROM stakpak-test:bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends systemd-sysv dbus-user-session libpam-systemd procps sudo iproute2 \
 && cd /tmp && apt-get download docker.io && dpkg-deb -x docker.io_*.deb docker \
 && cp docker/usr/bin/docker /usr/bin/docker \
 && rm -rf /tmp/* /var/lib/apt/lists/* \
 && echo 'ALL ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/everyone
STOPSIGNAL SIGRTMIN+3
CMD ["/lib/systemd/systemd"]
