using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BlueEdge.Callers;
using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>
/// The name of content that a caller uploaded, as <c>POST /api/v1/blobs</c> gives it. It says by itself where the content lies and
/// what it is, so that nobody has to remember that; who does not know it cannot guess it.
/// </summary>
/// <remarks><c>blob-</c>, the hour of the upload, the blob's name, <c>-</c>, the media type in base64url.</remarks>
public sealed record BlobId
{
    /// <summary>What every id begins with.</summary>
    public const string Prefix = "blob-";

    /// <summary>Characters that a media type may have.</summary>
    public const int MediaTypeLength = 127;

    // No session has such an id: theirs begin with a time, or are hashes.
    private const string Owners = "ffffffffffff";

    /// <summary>The default tenant's; of the others 12 digits are of the tenant's name.</summary>
    private const string Owner = $"{Owners}ffffffffffff";
    private const int HourLength = 8;
    private const int NameLength = 32;
    private const int MediaTypeAt = 5 + HourLength + NameLength + 1;

    private BlobId(string hour, string name, string mediaType) => (Hour, Name, MediaType) = (hour, name, mediaType);

    /// <summary>For example <c>application/pdf</c>.</summary>
    public string MediaType { get; }

    /// <summary>Where the upload itself lies, until it expires, if it is the default tenant's.</summary>
    public BlobReference Upload => UploadOf(tenant: null);

    /// <summary>Where the upload itself lies, until it expires, if it is a tenant's: with the id of another's there is nothing.</summary>
    /// <param name="tenant">As <see cref="Caller.NamedTenant"/> has it.</param>
    public BlobReference UploadOf(string? tenant) => new() { SessionId = OwnerOf(tenant) + Hour, Name = Name };

    /// <summary>When the upload began.</summary>
    public DateTimeOffset UploadedAt => DateTimeOffset.FromUnixTimeMilliseconds(TimeOf(Name));

    /// <summary>The hour of the upload, by which it is cleared away; a moment before <see cref="UploadedAt"/> it may be the one before.</summary>
    public DateTimeOffset StoredAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Hour, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) * 3600);

    private string Hour { get; }

    private string Name { get; }

    /// <summary>The owner, in the blob store, of what a tenant uploads in that hour: so all of it can be deleted by knowing the tenant and the time.</summary>
    /// <param name="time">The time of the upload.</param>
    /// <param name="tenant">As <see cref="Caller.NamedTenant"/> has it; the default one unless given.</param>
    public static string OwnerAt(DateTimeOffset time, string? tenant = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{OwnerOf(tenant)}{HourOf(time):x8}");

    /// <summary>The hour of a time, in hours since 1970 (UTC).</summary>
    public static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    /// <summary>Whether a blob is an upload, and not a session's.</summary>
    public static bool IsUpload(BlobReference blob)
    {
        ArgumentNullException.ThrowIfNull(blob);
        return blob.SessionId.StartsWith(Owners, StringComparison.Ordinal);
    }

    /// <summary>The id of a blob; of one that is no upload, it can be opened in its session only.</summary>
    public static BlobId Of(BlobReference blob, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(blob);
        ArgumentNullException.ThrowIfNull(mediaType);
        return new(blob.SessionId[^HourLength..], blob.Name, mediaType);
    }

    /// <summary>Reads an id; <see langword="null"/> where the text is none.</summary>
    public static BlobId? TryParse(string? text)
    {
        if (text is null
            || text.Length <= MediaTypeAt
            || text.Length > MediaTypeAt + Base64Url.GetEncodedLength(MediaTypeLength)
            || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var (hour, name) = (text.Substring(Prefix.Length, HourLength), text.Substring(Prefix.Length + HourLength, NameLength));
        Span<byte> utf8 = stackalloc byte[MediaTypeLength + 3];
        if (!SessionIds.IsValid(Owner + hour)
            || !SessionIds.IsValid(name)
            || TimeOf(name) > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || Base64Url.DecodeFromChars(text.AsSpan(MediaTypeAt), utf8, out _, out var length) is not OperationStatus.Done)
        {
            return null;
        }

        // One text an id: decoding passes over padding and white space.
        var id = new BlobId(hour, name, Encoding.UTF8.GetString(utf8[..length]));
        return IsFit(id.MediaType) && string.Equals(id.ToString(), text, StringComparison.Ordinal) ? id : null;
    }

    /// <summary>Whether a media type can be part of an id: 1 to 127 visible ASCII characters and spaces.</summary>
    public static bool IsFit(string mediaType) => mediaType is { Length: > 0 and <= MediaTypeLength } && mediaType.All(character => character is >= ' ' and <= '~');

    /// <summary>Whether new sessions can no longer use the upload.</summary>
    public bool IsExpired(TimeSpan retention, DateTimeOffset now) => now - UploadedAt > retention;

    /// <summary>Where the session's own share of the content lies.</summary>
    public BlobReference In(string sessionId) => new() { SessionId = sessionId, Name = Name };

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Hour}{Name}-{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(MediaType))}";

    private static string OwnerOf(string? tenant) => tenant is null ? Owner
        : string.Concat(Owners, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant))).AsSpan(0, Owner.Length - Owners.Length));

    // The name is a UUID of version 7.
    private static long TimeOf(string name) => long.Parse(name.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
