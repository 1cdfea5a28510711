namespace NativePlugins.Binary.Files;

/// <summary>Who may change a file or directory.</summary>
/// <param name="IsWritableByOthers">Whether anyone other than its owner, this user and the administrator may.</param>
/// <param name="Owner">A text that is equal only for equal owners.</param>
/// <param name="IsOwnerTrusted">Whether the owner is this user or the administrator.</param>
/// <param name="Description">The same in words: <c>mode 1777, owner 0</c>.</param>
internal readonly record struct FileProtection(bool IsWritableByOthers, string Owner, bool IsOwnerTrusted, string Description)
{
    /// <summary>The protection of a file of which nothing is known: anyone may have written it.</summary>
    public static FileProtection Unknown(string reason) => new(IsWritableByOthers: true, Owner: reason, IsOwnerTrusted: false, reason);
}
