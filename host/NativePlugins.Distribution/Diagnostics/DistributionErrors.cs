using NativePlugins.Host;

namespace NativePlugins.Distribution;

/// <summary>The part of the error catalogue that is about packages and installed plugins: NP71 packages and sources, NP72 what is installed, NP73
/// signatures and trust.</summary>
public static class DistributionErrors
{
    /// <summary>NP7101: not a plugin package. Thrown as <see cref="PackageMalformedException"/>.</summary>
    public static PluginError PackageMalformed { get; } = new("NP7101", 65,
        "Not a plugin package",
        "The file is not a ZIP archive of the plain kind that plugin packages are, or lacks the statement of what is in it, plugin-package.json, or that statement is not exactly as this library writes it.",
        "Get the package anew from who made it, or pack the plugin with NativePlugins.Distribution.");

    /// <summary>NP7102: the package holds a name or a kind of file that is not allowed. Thrown as <see cref="PackageEntryException"/>.</summary>
    public static PluginError PackageEntry { get; } = new("NP7102", 65,
        "The package holds a name or a kind of file that is not allowed",
        "A file of a package has a plain relative name that is valid and the same on every system, and is a regular file. A name that leads out of the package, a link, a device, or two names that are one on some system can only be meant to write elsewhere than one looks.",
        "Do not install it. If it is yours, rename the file and pack again.");

    /// <summary>NP7103: the package is larger than allowed. Thrown as <see cref="PackageLimitException"/>.</summary>
    public static PluginError PackageLimit { get; } = new("NP7103", 71,
        "The package is larger than allowed",
        "The package, the number of its files, or what they unpack to exceeds a limit. A small file that unpacks to an enormous one can only be meant to fill the disk.",
        "If you trust the package, raise the limit in PluginPackageLimits.");

    /// <summary>NP7104: a file of the package is not the one that was packed. Thrown as <see cref="PackageDigestException"/>.</summary>
    public static PluginError PackageDigest { get; } = new("NP7104", 65,
        "A file of the package is not the one that was packed",
        "The package states the size and the SHA-256 of each of its files, and one of them differs: the package was damaged or changed.",
        "Get the package anew from who made it.");

    /// <summary>NP7105: the package's plugin does not hold together. Thrown as <see cref="PackageContentException"/>.</summary>
    public static PluginError PackageContent { get; } = new("NP7105", 65,
        "The package's plugin does not hold together",
        "What the package says of itself, the manifests in it and the libraries in it do not agree, or a library would not load on the system that it is for.",
        "Mend what is named under 'found', and pack again.");

    /// <summary>NP7106: the package is another one than was asked for. Thrown as <see cref="PackageIdentityException"/>.</summary>
    public static PluginError PackageIdentity { get; } = new("NP7106", 65,
        "The package is another one than was asked for",
        "A source gave a package under a name that the package itself does not have, or not the bytes that the lock file names.",
        "Do not install it; tell who keeps the source.");

    /// <summary>NP7107: the package has nothing for this system. Thrown as <see cref="PackageSystemException"/>.</summary>
    public static PluginError PackageSystem { get; } = new("NP7107", 76,
        "The package has nothing for this system",
        "The package holds libraries, but none of them is for this operating system and processor; or the lock file names files for another system.",
        "Use a version that was built for this system, or ask its author for one.");

    /// <summary>NP7108: the package source cannot be read. Thrown as <see cref="PackageSourceException"/>.</summary>
    public static PluginError PackageSource { get; } = new("NP7108", 74,
        "The package source cannot be read",
        "The folder from which packages come is not there, a package in it cannot be read, or a feed cannot be reached, breaks off, or answers what no feed answers.",
        "See the system's reason under 'found'.");

    /// <summary>NP7109: no such package. Thrown as <see cref="PackageNotFoundException"/>.</summary>
    public static PluginError PackageNotFound { get; } = new("NP7109", 66,
        "No such package",
        "None of the sources has a package of that id and a version that was asked for.",
        "Check the id and the range of versions, or name another source.");

    /// <summary>NP7201: the plugin is not installed. Thrown as <see cref="PluginNotInstalledException"/>.</summary>
    public static PluginError NotInstalled { get; } = new("NP7201", 66,
        "The plugin is not installed",
        "No installed plugin has that id, or it has no earlier version to go back to.",
        "See which plugins are installed.");

    /// <summary>NP7202: another process changes the installed plugins. Thrown as <see cref="PluginStoreBusyException"/>.</summary>
    public static PluginError StoreBusy { get; } = new("NP7202", 75,
        "Another process changes the installed plugins",
        "Only one process at a time may install, update, remove or roll back in a directory of plugins.",
        "Wait until it has ended, and try again.");

    /// <summary>NP7203: the installed plugins cannot be changed. Thrown as <see cref="PluginStoreWriteException"/>.</summary>
    public static PluginError StoreWrite { get; } = new("NP7203", 74,
        "The installed plugins cannot be changed",
        "The system refused to write in the directory of the installed plugins: no room, read-only, no permission. What was installed before still serves.",
        "See the system's reason under 'found'.");

    /// <summary>NP7204: the lock file cannot be used. Thrown as <see cref="PluginLockFileException"/>.</summary>
    public static PluginError LockFile { get; } = new("NP7204", 65,
        "The lock file cannot be used",
        "plugins.lock.json is not JSON of the form that this library writes, or it is gone while plugins are installed.",
        "Take it from version control again; or delete it and the links to the installed plugins, and install anew.");

    /// <summary>NP7205: something else stands where the plugin would be installed. Thrown as <see cref="PluginStoreConflictException"/>.</summary>
    public static PluginError StoreConflict { get; } = new("NP7205", 77,
        "Something else stands where the plugin would be installed",
        "A directory or file that was not installed by this library has the plugin's name, or an installed plugin has an id that looks the same.",
        "Move it away, or remove the other plugin first.");

    /// <summary>NP7206: what is installed differs from the lock file. Thrown as <see cref="PluginStoreDiffersException"/>.</summary>
    public static PluginError StoreDiffers { get; } = new("NP7206", 65,
        "What is installed differs from the lock file",
        "A file of an installed plugin is missing, has been changed, was added, or cannot be read.",
        "Restore the plugins from their sources, or install the plugin anew.");

    /// <summary>NP7207: plugins cannot be installed on this system. Thrown as <see cref="PluginStoreSystemException"/>.</summary>
    public static PluginError StoreSystem { get; } = new("NP7207", 77,
        "Plugins cannot be installed on this system",
        "Installing switches a symbolic link by one rename, so that a reader always finds a whole version. Windows cannot replace a link to a directory in one step.",
        "Copy the plugin's files by hand, or run where links can be replaced.");

    /// <summary>NP7301: this is no key or signature. Thrown as <see cref="SignatureMalformedException"/>.</summary>
    public static PluginError SignatureMalformed { get; } = new("NP7301", 65,
        "No key or signature in minisign's format",
        "Keys and signatures are short texts in the format of minisign. This one has other lines, another length, or an algorithm that is not supported.",
        "Get the file anew from who made it, byte for byte; name a public key where one is wanted, and a secret key where that is.");

    /// <summary>NP7302: the signature does not fit. Thrown as <see cref="SignatureInvalidException"/>.</summary>
    public static PluginError SignatureInvalid { get; } = new("NP7302", 65,
        "The signature does not fit",
        "The signature is well-formed, but not by that key of that content: one of them was changed, or they belong to something else.",
        "Do not use what was signed; get it anew from who made it.");

    /// <summary>NP7303: the secret key cannot be used. Thrown as <see cref="SecretKeyException"/>.</summary>
    public static PluginError SecretKey { get; } = new("NP7303", 77,
        "The secret key cannot be used",
        "The passphrase is another one than the key was encrypted with, the key is not encrypted at all, or its file asks for more memory or work to decrypt it than is allowed.",
        "Check the passphrase. A key that was made without one can be given one with `minisign -C`.");

    /// <summary>NP7304: the package is not signed. Thrown as <see cref="PackageUnsignedException"/>.</summary>
    public static PluginError PackageUnsigned { get; } = new("NP7304", 77,
        "The package is not signed",
        "A signature was asked for, by a command or by a trust policy, and the package has none.",
        "Get a signed package from who made it; or, if it is yours, sign it with `host sign`.");

    /// <summary>NP7305: the package is signed by a key that is not trusted. Thrown as <see cref="PackageSignerUnknownException"/>.</summary>
    public static PluginError PackageSignerUnknown { get; } = new("NP7305", 77,
        "The package is signed by a key that is not trusted",
        "A trust policy names the keys that may sign plugins of this id, and another key has signed the package.",
        "If its maker has a new key, get that key in a way that you trust, and add it with `host trust add`.");

    /// <summary>NP7306: the package is signed by a key that is revoked. Thrown as <see cref="PackageSignerRevokedException"/>.</summary>
    public static PluginError PackageSignerRevoked { get; } = new("NP7306", 77,
        "The package is signed by a key that is revoked",
        "A trust policy says that what this key has signed must not be installed any more.",
        "Get a version from its maker that is signed by another key.");

    /// <summary>NP7307: the version is below the least that is allowed. Thrown as <see cref="PackageVersionFloorException"/>.</summary>
    public static PluginError PackageVersionFloor { get; } = new("NP7307", 77,
        "The version is below the least that is allowed",
        "A trust policy has a least version for plugins of this id, so that one with a known flaw cannot come back.",
        "Install a later version; or, if the policy is yours, lower the floor with `host trust add`.");

    /// <summary>NP7308: the package is not from where it should be. Thrown as <see cref="PackageOriginException"/>.</summary>
    public static PluginError PackageOrigin { get; } = new("NP7308", 77,
        "The package is not from where it should be",
        "The rules of a trust policy for this id are for other sources; or its id is not one of the policy's and looks like one that is.",
        "Install it from a source that the policy names; or, if you trust this one, add a rule with `host trust add`.");

    /// <summary>NP7309: a trust policy cannot be used. Thrown as <see cref="PluginTrustPolicyException"/>.</summary>
    public static PluginError TrustPolicy { get; } = new("NP7309", 78,
        "A trust policy cannot be used",
        "A file trust.json cannot be read, is not exactly of the form that a policy has, or can be changed by other users. Until it is mended nothing is installed: a rule that is not understood might be the one that counts.",
        "Mend what is named under 'found' in the file that is named in the first line.");

    /// <summary>All entries, in the order of their codes.</summary>
    public static IReadOnlyList<PluginError> All { get; } =
    [
        PackageMalformed, PackageEntry, PackageLimit, PackageDigest, PackageContent, PackageIdentity, PackageSystem, PackageSource, PackageNotFound,
        NotInstalled, StoreBusy, StoreWrite, LockFile, StoreConflict, StoreDiffers, StoreSystem,
        SignatureMalformed, SignatureInvalid, SecretKey, PackageUnsigned, PackageSignerUnknown, PackageSignerRevoked, PackageVersionFloor, PackageOrigin,
        TrustPolicy,
    ];
}
