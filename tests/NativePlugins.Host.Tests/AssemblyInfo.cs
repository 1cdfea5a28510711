using System.Runtime.Versioning;

// The fixtures are compiled with gcc, and the permissions are those of POSIX.
[assembly: UnsupportedOSPlatform("windows")]
