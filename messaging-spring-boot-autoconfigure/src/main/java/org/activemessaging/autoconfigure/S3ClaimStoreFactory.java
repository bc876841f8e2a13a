package org.activemessaging.autoconfigure;

import org.activemessaging.autoconfigure.ClaimCheckProperties.S3Properties;
import org.activemessaging.claimcheck.ClaimStore;

/**
 * Makes the store in a bucket, where the client of S3 is on the class path.
 */
@FunctionalInterface
interface S3ClaimStoreFactory {

	/**
	 * Makes the store.
	 * @param properties where it is
	 * @return the store
	 */
	ClaimStore create(S3Properties properties);

}
