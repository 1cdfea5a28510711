using System.Runtime.Versioning;

// They compile libraries with gcc.
[assembly: UnsupportedOSPlatform("windows")]
