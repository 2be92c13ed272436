/* The device bench's end inside Chromium: a libudev that lists only the bench's devices, and the few C library calls through
 * which Chromium opens and drives a serial port or a HID device. A device is a socket to the bench's process, so that a test
 * decides what the hardware does. Loaded by LD_PRELOAD under the name libudev.so.1. Serial, and HID input reports.
 *
 * HWBENCH_DIR/sys/<id>/{meta,props}   devices: meta has SUBSYSTEM, DEVNODE and PARENT, props has udev properties, KEY=VALUE lines;
 *                                     a HID parent also has its report_descriptor, which Chromium reads by itself
 * HWBENCH_DIR/node/<id>               device paths; never exist on disk, opening one connects to the bench
 * HWBENCH_DIR/bench.sock              the bench; frames are type u8, length u32le, payload
 * HWBENCH_DIR/drivers                 stands for /proc/tty/drivers
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <asm/termbits.h> /* struct termios2; excludes <termios.h> */

#define TEXT_MAX 4096
#define PORTS_MAX 1024
#define CHUNK 1024

static const char *bench_dir(void) {
  const char *dir = getenv("HWBENCH_DIR");
  return dir ? dir : "/nonexistent";
}

static int connect_bench(void) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  snprintf(address.sun_path, sizeof address.sun_path, "%s/bench.sock", bench_dir());
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

static int write_all(int fd, const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = send(fd, at, length, MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return -1;
    at += done;
    length -= done;
  }
  return 0;
}

static int read_all(int fd, void *bytes, size_t length) {
  char *at = bytes;
  while (length > 0) {
    ssize_t done = read(fd, at, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return -1;
    at += done;
    length -= done;
  }
  return 0;
}

static int send_frame(int fd, char type, const void *payload, uint32_t length) {
  char frame[5 + CHUNK];
  frame[0] = type;
  memcpy(frame + 1, &length, 4);
  memcpy(frame + 5, payload, length);
  return write_all(fd, frame, 5 + length);
}

/* ---- udev ---- */

struct udev_list_entry { struct udev_list_entry *next; char *name; };
struct udev_device { int refs; char *action, *id, *path, *meta, *props, *subsystem, *devnode; struct udev_device *parent; };
struct udev_enumerate { char subsystem[64]; struct udev_list_entry *entries; };
struct udev_monitor { int fd; };
struct udev { int unused; };

static char *slurp(const char *dir, const char *file) {
  char path[TEXT_MAX], *text = calloc(1, TEXT_MAX);
  snprintf(path, sizeof path, "%s/%s", dir, file);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return text;
  ssize_t got = read(fd, text, TEXT_MAX - 1);
  if (got < 0) text[0] = 0;
  close(fd);
  return text;
}

/* The value of KEY in lines of KEY=VALUE, allocated; NULL when absent. */
static char *value_of(const char *lines, const char *key) {
  size_t length = strlen(key);
  for (const char *line = lines; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
    if (strncmp(line, key, length) == 0 && line[length] == '=') return strndup(line + length + 1, strcspn(line + length + 1, "\n"));
  return NULL;
}

static struct udev_device *device_new(const char *id) {
  char path[TEXT_MAX];
  struct udev_device *device = calloc(1, sizeof *device);
  snprintf(path, sizeof path, "%s/sys/%s", bench_dir(), id);
  device->refs = 1;
  device->id = strdup(id);
  device->path = strdup(path);
  device->meta = slurp(path, "meta");
  device->props = slurp(path, "props");
  device->subsystem = value_of(device->meta, "SUBSYSTEM");
  device->devnode = value_of(device->meta, "DEVNODE");
  return device;
}

struct udev *udev_new(void) { return calloc(1, sizeof(struct udev)); }
struct udev *udev_unref(struct udev *udev) { free(udev); return NULL; }

struct udev_enumerate *udev_enumerate_new(struct udev *udev) { (void)udev; return calloc(1, sizeof(struct udev_enumerate)); }
int udev_enumerate_add_match_subsystem(struct udev_enumerate *e, const char *subsystem) {
  snprintf(e->subsystem, sizeof e->subsystem, "%s", subsystem);
  return 0;
}
int udev_enumerate_scan_devices(struct udev_enumerate *e) {
  char path[TEXT_MAX];
  snprintf(path, sizeof path, "%s/sys", bench_dir());
  DIR *dir = opendir(path);
  if (!dir) return 0;
  for (struct dirent *file; (file = readdir(dir));) {
    if (file->d_name[0] == '.') continue;
    struct udev_device *device = device_new(file->d_name);
    if (device->subsystem && (!*e->subsystem || strcmp(device->subsystem, e->subsystem) == 0)) {
      struct udev_list_entry *entry = calloc(1, sizeof *entry);
      entry->name = strdup(device->path);
      entry->next = e->entries;
      e->entries = entry;
    }
  }
  closedir(dir);
  return 0;
}
struct udev_list_entry *udev_enumerate_get_list_entry(struct udev_enumerate *e) { return e->entries; }
struct udev_enumerate *udev_enumerate_unref(struct udev_enumerate *e) { free(e); return NULL; }
struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *entry) { return entry->next; }
const char *udev_list_entry_get_name(struct udev_list_entry *entry) { return entry->name; }

struct udev_device *udev_device_new_from_syspath(struct udev *udev, const char *path) {
  (void)udev;
  if (strncmp(path, bench_dir(), strlen(bench_dir())) != 0) return NULL;
  const char *slash = strrchr(path, '/');
  return access(path, F_OK) == 0 ? device_new(slash + 1) : NULL;
}
struct udev_device *udev_device_new_from_devnum(struct udev *u, char t, unsigned long n) { (void)u; (void)t; (void)n; return NULL; }
struct udev_device *udev_device_new_from_subsystem_sysname(struct udev *u, const char *s, const char *n) { (void)u; (void)s; (void)n; return NULL; }
struct udev_device *udev_device_unref(struct udev_device *d) {
  if (!d || --d->refs > 0) return NULL;
  udev_device_unref(d->parent);
  free(d->action); free(d->id); free(d->path); free(d->meta); free(d->props); free(d->subsystem); free(d->devnode); free(d);
  return NULL;
}
const char *udev_device_get_action(struct udev_device *d) { return d->action; }
const char *udev_device_get_devnode(struct udev_device *d) { return d->devnode; }
const char *udev_device_get_devtype(struct udev_device *d) { (void)d; return NULL; }
const char *udev_device_get_driver(struct udev_device *d) { (void)d; return NULL; }
/* The child owns its parent. */
struct udev_device *udev_device_get_parent(struct udev_device *d) {
  char *id = d->parent ? NULL : value_of(d->meta, "PARENT");
  if (id) d->parent = device_new(id);
  free(id);
  return d->parent;
}
struct udev_device *udev_device_get_parent_with_subsystem_devtype(struct udev_device *d, const char *subsystem, const char *devtype) {
  struct udev_device *parent = udev_device_get_parent(d);
  (void)devtype;
  return parent && parent->subsystem && strcmp(parent->subsystem, subsystem) == 0 ? parent : NULL;
}
struct udev_list_entry *udev_device_get_properties_list_entry(struct udev_device *d) { (void)d; return NULL; }
const char *udev_device_get_subsystem(struct udev_device *d) { return d->subsystem; }
const char *udev_device_get_sysname(struct udev_device *d) { return d->id; }
const char *udev_device_get_syspath(struct udev_device *d) { return d->path; }
const char *udev_device_get_sysattr_value(struct udev_device *d, const char *name) { (void)d; (void)name; return NULL; }
const char *udev_device_get_property_value(struct udev_device *d, const char *key) {
  if (strcmp(key, "DEVNAME") == 0) return d->devnode;
  if (strcmp(key, "SUBSYSTEM") == 0) return d->subsystem;
  return value_of(d->props, key); /* kept: the caller may hold it as long as the device */
}

struct udev_monitor *udev_monitor_new_from_netlink(struct udev *udev, const char *name) {
  (void)udev; (void)name;
  struct udev_monitor *monitor = calloc(1, sizeof *monitor);
  char hello[64];
  monitor->fd = connect_bench();
  if (monitor->fd >= 0) send_frame(monitor->fd, 'H', hello, snprintf(hello, sizeof hello, "M %d", getpid()));
  else {
    int pair[2]; /* silent for ever: a closed socket would make Chromium spin */
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) monitor->fd = pair[0];
  }
  return monitor;
}
int udev_monitor_filter_add_match_subsystem_devtype(struct udev_monitor *m, const char *s, const char *t) { (void)m; (void)s; (void)t; return 0; }
int udev_monitor_enable_receiving(struct udev_monitor *m) { (void)m; return 0; }
int udev_monitor_get_fd(struct udev_monitor *m) { return m->fd; }
struct udev_monitor *udev_monitor_unref(struct udev_monitor *m) { if (m) close(m->fd); free(m); return NULL; }
/* One line at a time and no byte more, so that the descriptor stays readable while lines wait. */
struct udev_device *udev_monitor_receive_device(struct udev_monitor *m) {
  char line[TEXT_MAX], *at = line;
  while (at < line + sizeof line - 1) {
    ssize_t got = read(m->fd, at, 1);
    if (got <= 0) {
      int pair[2];
      if (got == 0 && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0) { dup3(pair[0], m->fd, O_CLOEXEC); close(pair[0]); }
      return NULL;
    }
    if (*at == '\n') break;
    at++;
  }
  *at = 0;
  char *rest = line, *action = strsep(&rest, "\t"), *id = strsep(&rest, "\t"), *subsystem = strsep(&rest, "\t"), *node = strsep(&rest, "\t");
  if (!node) return NULL;
  struct udev_device *device = device_new(id); /* on removal the folder is gone: the line itself has what is needed */
  device->action = strdup(action);
  free(device->subsystem); device->subsystem = strdup(subsystem);
  free(device->devnode); device->devnode = strdup(node);
  return device;
}

/* ---- serial ports and HID devices ---- */

struct port {
  int bench, pump_end, exclusive, alive, modem, is_hid;
  char node[256];
  struct termios2 line;
  pthread_mutex_t lock;
};
static struct { ino_t inode; struct port *port; } ports[PORTS_MAX];
static pthread_mutex_t ports_lock = PTHREAD_MUTEX_INITIALIZER;

/* The port behind fd; a reused descriptor number has another inode. */
static struct port *port_of(int fd) {
  struct stat status;
  if (fd < 0 || fd >= PORTS_MAX || !ports[fd].port || fstat(fd, &status) != 0) return NULL;
  return ports[fd].inode == status.st_ino ? ports[fd].port : NULL;
}

static void tell(struct port *port, char type, const void *payload, uint32_t length) {
  struct pollfd out = {port->bench, POLLOUT, 0};
  pthread_mutex_lock(&port->lock);
  /* Only data may wait for a paused bench; a setting told late would hold up the browser instead. */
  if (port->alive && (type == 'W' || poll(&out, 1, 0) > 0)) send_frame(port->bench, type, payload, length);
  pthread_mutex_unlock(&port->lock);
}

static const struct { speed_t code; uint32_t baud; } speeds[] = {
  {B9600, 9600}, {B19200, 19200}, {B38400, 38400}, {B57600, 57600}, {B115200, 115200}, {B230400, 230400}, {B460800, 460800}, {B921600, 921600}};

static void tell_line(struct port *port) {
  uint32_t settings[3] = {port->line.c_ospeed, port->line.c_cflag, port->line.c_iflag};
  for (size_t n = 0; n < sizeof speeds / sizeof *speeds; n++)
    if ((port->line.c_cflag & CBAUD) == speeds[n].code) settings[0] = speeds[n].baud;
  tell(port, 'T', settings, sizeof settings);
}

/* A frame from the bench: bytes for the page, or the modem's input lines. 0xFF is doubled, as the kernel does under PARMRK. */
static int from_bench(struct port *port) {
  uint8_t type, payload[CHUNK], doubled[CHUNK * 2];
  uint32_t length, size = 0;
  if (read_all(port->bench, &type, 1) || read_all(port->bench, &length, 4) || length > CHUNK || read_all(port->bench, payload, length)) return -1;
  if (type == 'S' && length == 4) memcpy(&port->modem, payload, 4);
  if (type != 'D') return 0;
  if (port->is_hid) return send(port->pump_end, payload, length, MSG_NOSIGNAL) < 0 ? -1 : 0; /* one report, one packet */
  for (uint32_t n = 0; n < length; n++) {
    doubled[size++] = payload[n];
    if (payload[n] == 0xff) doubled[size++] = 0xff;
  }
  return write_all(port->pump_end, doubled, size);
}

/* Carries bytes both ways. Takes the page's bytes only while the bench takes them, so a paused bench stalls the page. */
static void *pump(void *argument) {
  struct port *port = argument;
  char bytes[CHUNK];
  for (;;) {
    struct pollfd in[2] = {{port->pump_end, POLLIN, 0}, {port->bench, POLLIN, 0}};
    struct pollfd out = {port->bench, POLLOUT, 0};
    if (poll(&out, 1, 0) <= 0) in[0].events = 0;
    if (poll(in, 2, in[0].events ? -1 : 20) < 0 && errno != EINTR) break;
    if (in[1].revents && from_bench(port) != 0) break;
    if (!in[0].events && (in[0].revents & POLLHUP)) break; /* closed while the bench took nothing: what waited is lost, as in a driver */
    if (!in[0].events || !(in[0].revents & (POLLIN | POLLHUP))) continue;
    ssize_t got = read(port->pump_end, bytes, sizeof bytes);
    if (got <= 0) break;
    tell(port, 'W', bytes, got);
  }
  pthread_mutex_lock(&port->lock);
  port->alive = 0;
  close(port->bench);
  /* A real hidraw fails its reads once; a closed socket would give empty reports without end, so this end stays. */
  if (port->is_hid) shutdown(port->pump_end, SHUT_RD);
  else close(port->pump_end);
  pthread_mutex_unlock(&port->lock);
  return NULL;
}

static int is_taken(const char *node) {
  for (int fd = 0; fd < PORTS_MAX; fd++)
    if (ports[fd].port && ports[fd].port->alive && ports[fd].port->exclusive && strcmp(ports[fd].port->node, node) == 0) return 1;
  return 0;
}

static int open_port(const char *node) {
  int pair[2], small = 4096, bench = -1;
  char hello[300];
  struct stat status;
  pthread_t thread;
  int is_hid = strncmp(strrchr(node, '/') + 1, "hid", 3) == 0;
  if (is_taken(node)) { errno = EBUSY; return -1; }
  if ((bench = connect_bench()) < 0 || socketpair(AF_UNIX, (is_hid ? SOCK_SEQPACKET : SOCK_STREAM) | SOCK_CLOEXEC, 0, pair) != 0) { errno = ENOENT; return -1; }
  struct port *port = calloc(1, sizeof *port);
  *port = (struct port){.bench = bench, .pump_end = pair[1], .alive = 1, .modem = 0x166, .is_hid = is_hid};
  pthread_mutex_init(&port->lock, NULL);
  snprintf(port->node, sizeof port->node, "%s", node);
  port->line.c_cflag = B9600 | CS8 | CREAD;
  fcntl(pair[0], F_SETFL, O_NONBLOCK);
  setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  setsockopt(bench, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
  send_frame(bench, 'H', hello, snprintf(hello, sizeof hello, "D %s %d", strrchr(node, '/') + 1, getpid()));
  fstat(pair[0], &status);
  pthread_mutex_lock(&ports_lock);
  ports[pair[0]].inode = status.st_ino;
  ports[pair[0]].port = port;
  pthread_mutex_unlock(&ports_lock);
  pthread_create(&thread, NULL, pump, port);
  pthread_detach(thread);
  return pair[0];
}

/* ---- what Chromium calls ---- */

static int is_node(const char *path) {
  char prefix[256];
  int length = snprintf(prefix, sizeof prefix, "%s/node/", bench_dir());
  return getenv("HWBENCH_DIR") && strncmp(path, prefix, length) == 0;
}

/* The path to open in place of `path`: the bench's list of drivers makes the bench independent of this kernel's. */
static const char *instead(const char *path, char *room, size_t size) {
  if (strcmp(path, "/proc/tty/drivers") != 0 || !getenv("HWBENCH_DIR")) return path;
  snprintf(room, size, "%s/drivers", bench_dir());
  return room;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define MODE(flags) ({ mode_t mode = 0; if ((flags) & (O_CREAT | __O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, int); va_end(list); } mode; })

int open(const char *path, int flags, ...) {
  char room[256];
  mode_t mode = MODE(flags);
  return is_node(path) ? open_port(path) : NEXT(open)(instead(path, room, sizeof room), flags, mode);
}
int open64(const char *path, int flags, ...) {
  char room[256];
  mode_t mode = MODE(flags);
  return is_node(path) ? open_port(path) : NEXT(open64)(instead(path, room, sizeof room), flags, mode);
}
FILE *fopen(const char *path, const char *mode) { char room[256]; return NEXT(fopen)(instead(path, room, sizeof room), mode); }
FILE *fopen64(const char *path, const char *mode) { char room[256]; return NEXT(fopen64)(instead(path, room, sizeof room), mode); }

int tcflush(int fd, int queue) {
  struct port *port = port_of(fd);
  if (!port) return NEXT(ioctl)(fd, TCFLSH, queue);
  tell(port, 'F', &queue, 4);
  return 0;
}
int tcdrain(int fd) {
  struct port *port = port_of(fd);
  int drained = 9;
  if (!port) return NEXT(ioctl)(fd, TCSBRK, 1);
  tell(port, 'F', &drained, 4);
  return 0;
}

static int port_ioctl(struct port *port, unsigned long request, void *argument) {
  int bits = argument ? *(int *)argument : 0;
  uint8_t on = request == TIOCSBRK;
  switch (request) {
    case TIOCEXCL: port->exclusive = 1; return 0;
    case TIOCNXCL: port->exclusive = 0; return 0;
    case TCGETS2: memcpy(argument, &port->line, sizeof port->line); return 0;
    case TCSETS2: case TCSETSW2: case TCSETSF2: memcpy(&port->line, argument, sizeof port->line); tell_line(port); return 0;
    case TIOCMGET: *(int *)argument = port->modem; return 0;
    case TIOCMBIS: port->modem |= bits; break;
    case TIOCMBIC: port->modem &= ~bits; break;
    case TIOCMSET: port->modem = (port->modem & ~6) | (bits & 6); break;
    case TIOCSBRK: case TIOCCBRK: tell(port, 'B', &on, 1); return 0;
    default:
      if (getenv("HWBENCH_DEBUG")) fprintf(stderr, "bench: unhandled ioctl %lx\n", request);
      errno = ENOTTY;
      return -1;
  }
  tell(port, 'M', &port->modem, 4);
  return 0;
}
int ioctl(int fd, unsigned long request, ...) {
  va_list list;
  va_start(list, request);
  void *argument = va_arg(list, void *);
  va_end(list);
  struct port *port = port_of(fd);
  return port ? port_ioctl(port, request, argument) : NEXT(ioctl)(fd, request, argument);
}
