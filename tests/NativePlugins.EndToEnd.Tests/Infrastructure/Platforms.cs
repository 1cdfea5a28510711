using System.Runtime.Versioning;

// The children are Linux programs: signals, /proc, chroot, mount.
[assembly: SupportedOSPlatform("linux")]
