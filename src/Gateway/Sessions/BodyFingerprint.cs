using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using BlueEdge.Gateway.Json;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// SHA-256 over a JSON body without the white space between its tokens and without how long the call waits: formatting and
/// patience may differ from one sending to the next, the order of members and the way numbers and strings are written may not.
/// </summary>
internal static class BodyFingerprint
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\" \t\r\n"u8);
    private static readonly MemberNames Wait = new("waitTimeSecond");

    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    public static string Of(ReadOnlySpan<byte> json)
    {
        var (start, end) = FindWait(json);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, json[..start]);
        Append(hash, json[end..]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> json)
    {
        while (!json.IsEmpty)
        {
            var mark = json.IndexOfAny(Marks);
            var isString = mark >= 0 && json[mark] == '"';
            var kept = mark < 0 ? json.Length : isString ? mark + LengthOfString(json[mark..]) : mark;
            hash.AppendData(json[..kept]);
            json = json[(mark < 0 || isString ? kept : kept + 1)..];
        }
    }

    /// <summary>The member that says how long to wait, with the comma that parts it from its neighbour; nothing where there is none.</summary>
    private static (int Start, int End) FindWait(ReadOnlySpan<byte> json)
    {
        var reader = BodyJson.Start(json);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Wait.Find(ref reader) < 0)
            {
                reader.Skip();
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var before = json[..start].TrimEnd(Space);
            var after = json[(int)reader.BytesConsumed..];
            var next = after.TrimStart(Space);
            return before[^1] == ',' ? (before.Length - 1, json.Length - after.Length)
                : next[0] == ',' ? (start, json.Length - next.Length + 1)
                : (start, json.Length - after.Length);
        }

        return (0, 0);
    }

    /// <summary>The bytes from one quotation mark to the other.</summary>
    private static int LengthOfString(ReadOnlySpan<byte> json)
    {
        for (var place = 1; place < json.Length; place++)
        {
            var step = json[place..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                break;
            }

            place += step;
            if (json[place] == '"')
            {
                return place + 1;
            }

            // The byte after a backslash is part of the string whatever it is.
            place++;
        }

        return json.Length;
    }
}
