package org.activemessaging.broker.stomp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import jakarta.jms.MessageNotWriteableException;
import org.jspecify.annotations.Nullable;

/**
 * A message with bytes. What was written can be read after {@link #reset()}.
 */
final class StompBytesMessage extends StompMessage implements BytesMessage {

	private ByteArrayOutputStream written = new ByteArrayOutputStream();

	private DataOutputStream out = new DataOutputStream(this.written);

	private byte[] content = {};

	private @Nullable DataInputStream in;

	StompBytesMessage() {
	}

	StompBytesMessage(byte[] content) {
		this.content = content;
		this.in = new DataInputStream(new ByteArrayInputStream(content));
	}

	@Override
	byte[] content() {
		return (this.in != null) ? this.content : this.written.toByteArray();
	}

	@Override
	boolean isText() {
		return false;
	}

	@Override
	public void reset() {
		this.content = content();
		this.in = new DataInputStream(new ByteArrayInputStream(this.content));
	}

	@Override
	public void clearBody() {
		this.in = null;
		this.content = new byte[0];
		this.written = new ByteArrayOutputStream();
		this.out = new DataOutputStream(this.written);
	}

	@Override
	public <T> @Nullable T getBody(Class<T> type) throws JMSException {
		if (!isBodyAssignableTo(type)) {
			throw new MessageFormatException("The body is bytes");
		}
		return type.cast(content().clone());
	}

	@Override
	@SuppressWarnings("rawtypes")
	public boolean isBodyAssignableTo(Class type) {
		return type == byte[].class || type == Object.class;
	}

	@Override
	public long getBodyLength() throws JMSException {
		in();
		return this.content.length;
	}

	private DataInputStream in() throws JMSException {
		if (this.in == null) {
			throw new MessageNotReadableException("The message is being written");
		}
		return this.in;
	}

	private <T> T read(Read<T> read) throws JMSException {
		try {
			return read.from(in());
		}
		catch (EOFException ex) {
			throw new MessageEOFException("There are no more bytes");
		}
		catch (IOException ex) {
			throw new MessageFormatException(String.valueOf(ex.getMessage()));
		}
	}

	private void write(Write write) throws JMSException {
		if (this.in != null) {
			throw new MessageNotWriteableException("The message is being read");
		}
		try {
			write.to(this.out);
		}
		catch (IOException ex) {
			throw new MessageFormatException(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	public boolean readBoolean() throws JMSException {
		return read(DataInputStream::readBoolean);
	}

	@Override
	public byte readByte() throws JMSException {
		return read(DataInputStream::readByte);
	}

	@Override
	public int readUnsignedByte() throws JMSException {
		return read(DataInputStream::readUnsignedByte);
	}

	@Override
	public short readShort() throws JMSException {
		return read(DataInputStream::readShort);
	}

	@Override
	public int readUnsignedShort() throws JMSException {
		return read(DataInputStream::readUnsignedShort);
	}

	@Override
	public char readChar() throws JMSException {
		return read(DataInputStream::readChar);
	}

	@Override
	public int readInt() throws JMSException {
		return read(DataInputStream::readInt);
	}

	@Override
	public long readLong() throws JMSException {
		return read(DataInputStream::readLong);
	}

	@Override
	public float readFloat() throws JMSException {
		return read(DataInputStream::readFloat);
	}

	@Override
	public double readDouble() throws JMSException {
		return read(DataInputStream::readDouble);
	}

	@Override
	public String readUTF() throws JMSException {
		return read((in) -> in.readUTF());
	}

	@Override
	public int readBytes(byte[] value) throws JMSException {
		return readBytes(value, value.length);
	}

	@Override
	public int readBytes(byte[] value, int length) throws JMSException {
		return read((in) -> in.read(value, 0, length));
	}

	@Override
	public void writeBoolean(boolean value) throws JMSException {
		write((out) -> out.writeBoolean(value));
	}

	@Override
	public void writeByte(byte value) throws JMSException {
		write((out) -> out.writeByte(value));
	}

	@Override
	public void writeShort(short value) throws JMSException {
		write((out) -> out.writeShort(value));
	}

	@Override
	public void writeChar(char value) throws JMSException {
		write((out) -> out.writeChar(value));
	}

	@Override
	public void writeInt(int value) throws JMSException {
		write((out) -> out.writeInt(value));
	}

	@Override
	public void writeLong(long value) throws JMSException {
		write((out) -> out.writeLong(value));
	}

	@Override
	public void writeFloat(float value) throws JMSException {
		write((out) -> out.writeFloat(value));
	}

	@Override
	public void writeDouble(double value) throws JMSException {
		write((out) -> out.writeDouble(value));
	}

	@Override
	public void writeUTF(String value) throws JMSException {
		write((out) -> out.writeUTF(value));
	}

	@Override
	public void writeBytes(byte[] value) throws JMSException {
		write((out) -> out.write(value));
	}

	@Override
	public void writeBytes(byte[] value, int offset, int length) throws JMSException {
		write((out) -> out.write(value, offset, length));
	}

	@Override
	public void writeObject(Object value) throws JMSException {
		if (!(value instanceof byte[] bytes)) {
			throw new MessageFormatException("Bytes are allowed");
		}
		writeBytes(bytes);
	}

	/**
	 * Reads a value.
	 */
	@FunctionalInterface
	private interface Read<T> {

		T from(DataInputStream in) throws IOException;

	}

	/**
	 * Writes a value.
	 */
	@FunctionalInterface
	private interface Write {

		void to(DataOutputStream out) throws IOException;

	}

}
