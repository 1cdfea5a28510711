using System.Runtime.Versioning;

// They compile libraries with gcc and make links.
[assembly: UnsupportedOSPlatform("windows")]
