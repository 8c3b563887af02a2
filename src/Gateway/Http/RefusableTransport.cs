using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace BlueEdge.Gateway.Http;

/// <summary>A connection whose server can be answered for: see <see cref="RefusableOutput"/>.</summary>
internal sealed class RefusableTransport(IDuplexPipe inner) : IDuplexPipe
{
    private readonly RefusableOutput _output = new(inner.Output);

    public PipeReader Input => inner.Input;

    public PipeWriter Output => _output;

    /// <summary>Puts it around each connection.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        var inner = connection.Transport;
        connection.Transport = new RefusableTransport(inner);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = inner;
        }
    };

    /// <summary>Sends this in place of all that the server sends from now on.</summary>
    public void Refuse(byte[] answer) => _output.Refuse(answer);
}
