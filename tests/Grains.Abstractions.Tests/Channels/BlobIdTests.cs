using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Abstractions.Tests.Channels;

public sealed class BlobIdTests
{
    private static readonly BlobReference Blob = new() { SessionId = BlobId.OwnerAt(DateTimeOffset.UtcNow), Name = SessionIds.Create() };

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("text/plain; charset=\"utf-8\"")]
    [InlineData("a/b")]
    public void An_id_says_where_the_content_lies_and_what_it_is(string mediaType)
    {
        var id = BlobId.TryParse(BlobId.Of(Blob, mediaType).ToString());

        Assert.Equal((Blob, mediaType), (id?.Upload, id?.MediaType));
        Assert.Equal(new() { SessionId = "s", Name = Blob.Name }, id?.In("s"));
        Assert.InRange(id!.UploadedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)); // Checked above.
        Assert.True(BlobId.IsUpload(id.Upload));
    }

    public static TheoryData<string> NoIds
    {
        get
        {
            var good = BlobId.Of(Blob, "application/pdf").ToString();
            return
            [
                "", "blob-", "blob-../../etc/passwd", new string('a', 1_000_000), "blob-" + new string('a', 1_000_000),
                good[1..], good + "=", good + "/..", good + " ", good.ToUpperInvariant(), good[..^15], good[..45], good[..46],
                $"blob-....//..{good[13..]}", $"{good[..13]}../../../../../../../../etc/pass12{good[45..]}", $"{good[..13]}{new string('f', 32)}{good[45..]}",
                BlobId.Of(Blob, "a/b\r\nSet-Cookie: c").ToString(), BlobId.Of(Blob, "é/b").ToString(), BlobId.Of(Blob, new string('a', 128)).ToString(), BlobId.Of(Blob, "").ToString(),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(NoIds))]
    public void What_is_no_id_is_none(string text) => Assert.Null(BlobId.TryParse(text));

    [Fact]
    public void The_owner_of_an_upload_is_no_session_that_is_made() =>
        Assert.DoesNotContain(Enumerable.Range(0, 1_000), _ => BlobId.IsUpload(Blob with { SessionId = SessionIds.Create() }));

    [Fact]
    public void Where_an_upload_lies_is_by_its_tenant_and_hour_and_no_session_lies_there()
    {
        var time = DateTimeOffset.UnixEpoch.AddHours(500_000.5);
        string[] owners = [BlobId.OwnerAt(time), BlobId.OwnerAt(time, "blue"), BlobId.OwnerAt(time, "red"), BlobId.OwnerAt(time.AddHours(1), "blue")];

        Assert.Equal(owners.Length, owners.Distinct(StringComparer.Ordinal).Count());
        Assert.All(owners, owner => Assert.True(SessionIds.IsValid(owner) && BlobId.IsUpload(Blob with { SessionId = owner })));
        Assert.StartsWith("ffffffffffffffffffffffff", owners[0], StringComparison.Ordinal); // Where it was before tenants had uploads.
        var id = BlobId.Of(Blob with { SessionId = owners[1] }, "a/b");
        Assert.Equal(id.ToString(), BlobId.Of(Blob with { SessionId = owners[2] }, "a/b").ToString()); // The id does not tell the tenant.
        Assert.Equal((owners[0], owners[1], owners[2]), (id.Upload.SessionId, id.UploadOf("blue").SessionId, id.UploadOf("red").SessionId));
        Assert.Equal(time.AddHours(-0.5), id.StoredAt);
    }
}
