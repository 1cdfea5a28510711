namespace NativePlugins.Binary.Files;

/// <summary>Who may change a file or directory.</summary>
/// <param name="IsWritableByOthers">Whether anybody but its owner, this user and the administrator may.</param>
/// <param name="Owner">Something that is equal for equal owners only.</param>
/// <param name="IsOwnerTrusted">Whether the owner is this user or the administrator.</param>
/// <param name="Description">The same for people: <c>mode 1777, owner 0</c>.</param>
internal readonly record struct FileProtection(bool IsWritableByOthers, string Owner, bool IsOwnerTrusted, string Description)
{
    /// <summary>What nothing is known of: anybody may have written it.</summary>
    public static FileProtection Unknown(string reason) => new(IsWritableByOthers: true, Owner: reason, IsOwnerTrusted: false, reason);
}
